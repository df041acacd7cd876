internal import ArgumentParser
internal import Stoa
internal import StoaCheck
internal import StoaLoad
internal import StoaModel
internal import StoaSystem

/// The command that looks for mistakes and writes nothing.
internal struct CheckCommand: AsyncParsableCommand {
  internal enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case github
    case json
  }

  internal static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Look for mistakes, and write nothing.",
    discussion: """
      Reports everything that a build reports and more, such as images without alternative text. The `rules` of stoa.yml set \
      what counts as an error.
      """)

  @OptionGroup internal var site: SiteOptions

  @Option(help: "Check what this audience sees (default: the narrowest, which sees the most).")
  internal var audience: String?

  @Flag(name: [.customShort("D"), .long], help: "Check drafts and what is not yet due, too.")
  internal var drafts = false

  @Flag(help: "Treat warnings as errors.")
  internal var strict = false

  @Option(help: "How to print: text, github (annotations of a pull request) or json.")
  internal var format = Format.text

  @Option(
    help: ArgumentHelp(
      "The addresses.txt of the published site: fail when an address or anchor of it has gone without an alias.",
      valueName: "file"))
  internal var published: String?

  internal func run() async throws {
    do {
      let options = try options()
      let diagnostics = try await check(options, published: publishedList())
        .filter { $0.severity > .note || site.common.verbose }
      print(diagnostics, root: options.root)
      if diagnostics.contains(where: { $0.severity == .error }) { throw ExitStatus.contentErrors }
    } catch {
      throw ExitStatus.report(error)
    }
  }

  private func options() throws -> BuildOptions {
    var options = try site.buildOptions(for: audience)
    options.includesDrafts = drafts
    options.isStrict = strict
    return options
  }

  private func publishedList() throws -> PublishedList? {
    guard let published else { return nil }
    let path = Machine.absolute(published)
    do throws(FileReader.Refusal) {
      return PublishedList(try FileReader.read(path, followsLinks: true), file: published)
    } catch {
      throw InputError(path: published, refusal: error)
    }
  }

  private func print(_ diagnostics: [Diagnostic], root: String) {
    switch format {
    case .text:
      // Diagnostics are what this command is asked for, so they go to standard output.
      DiagnosticList.print(diagnostics, root: root, onError: false)
      guard !site.common.quiet else { return }
      let isSound = diagnostics.allSatisfy { $0.severity == .note }
      Terminal.print(isSound ? "Nothing is wrong" : DiagnosticList.counts(of: diagnostics))
    case .github:
      let folder = CommunityFolder.pathInRepository(of: root)
      for diagnostic in diagnostics {
        Terminal.print(diagnostic.gitHubAnnotation(below: folder))
      }
    case .json: Terminal.print(DiagnosticsJSON.text(diagnostics))
    }
  }
}
