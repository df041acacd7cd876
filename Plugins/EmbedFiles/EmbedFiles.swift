import Foundation
import PackagePlugin

/// Writes every file of a target's folder that is not Swift as a constant of the target.
///
/// SwiftPM's `.embedInCode` writes them as lists of numbers, which take the compiler sixty times as long as texts.
@main struct EmbedFiles: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let module = target.sourceModule else { return [] }
    let script = context.package.directoryURL.appending(path: "Tools/embed")
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    let files = module.sourceFiles.filter { $0.type != .source }.map(\.url)
      .sorted { $0.path < $1.path }
    return [
      .buildCommand(
        displayName: "Embedding the files of \(module.name)", executable: URL(filePath: "/bin/sh"),
        arguments: [script.path, output.path, module.directoryURL.path] + files.map(\.path),
        inputFiles: [script] + files, outputFiles: [output])
    ]
  }
}
