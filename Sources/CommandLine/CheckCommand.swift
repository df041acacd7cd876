import ArgumentParser
import Stoa
import StoaCheck
import StoaLoad
import StoaModel
import StoaReceive
import StoaSystem

/// The command that reports problems and writes nothing.
struct CheckCommand: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case github
    case json
    case sarif
    case gitlab
  }

  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Look for mistakes, and write nothing.",
    discussion: """
      Reports everything that a build reports and more, such as images without alternative text. The `rules` of stoa.yml set \
      what counts as an error.
      """)

  @OptionGroup var site: SiteOptions

  @Option(help: "Check what this audience sees (default: the narrowest, which sees the most).")
  var audience: String?

  @Flag(name: [.customShort("D"), .long], help: "Check drafts and scheduled items, too.")
  var drafts = false

  @Flag(help: "Treat warnings as errors.")
  var strict = false

  @Option(
    help: """
      How to print: text, github (annotations of a pull request), json, sarif (for code scanning) or gitlab (for its code \
      quality report).
      """)
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "The addresses.txt of the published site: fail if an address or anchor in it is missing without an alias.",
      valueName: "file"))
  var published: String?

  @Option(
    help: ArgumentHelp(
      """
      Report only problems that the change since this revision causes: all problems in changed files, and new ones in \
      other files. The change begins at the merge base.
      """,
      valueName: "revision"))
  var changedSince: String?

  @Flag(
    help:
      "Check that the service in `reply` answers, and that it receives replies for this community.")
  var service = false

  func run() async throws {
    do {
      let options = try options()
      var earlier = 0
      var diagnostics: [Diagnostic]
      if let changedSince {
        let report = try await check(
          options, published: publishedList(), changedSince: changedSince)
        diagnostics = report.diagnostics
        earlier = report.earlier.count { isShown($0) }
      } else {
        diagnostics = try await check(options, published: publishedList())
      }
      if service {
        let probe = try ServiceProbe(root: options.root, tools: options.tools)
        diagnostics = (diagnostics + (try probe.diagnostics())).sorted()
      }
      diagnostics.removeAll { !isShown($0) }
      print(diagnostics, earlier: earlier, root: options.root)
      if diagnostics.contains(where: { $0.severity == .error }) { throw ExitStatus.contentErrors }
    } catch {
      throw ExitStatus.report(error)
    }
  }

  private func isShown(_ diagnostic: Diagnostic) -> Bool {
    diagnostic.severity > .note || site.common.verbose
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

  /// - Parameter earlier: how many other diagnostics there were before the change.
  private func print(_ diagnostics: [Diagnostic], earlier: Int, root: String) {
    let folder = CommunityFolder.pathInRepository(of: root)
    switch format {
    case .text:
      // Diagnostics are the output that this command is run for, so they go to standard output.
      DiagnosticList.print(diagnostics, root: root, onError: false)
      guard !site.common.quiet else { return }
      let isSound = diagnostics.allSatisfy { $0.severity == .note }
      Terminal.print(isSound ? "Nothing is wrong" : DiagnosticList.counts(of: diagnostics))
      if earlier > 0 { Terminal.print(Self.counted(earlier)) }
    case .github:
      for diagnostic in diagnostics {
        Terminal.print(diagnostic.gitHubAnnotation(below: folder))
      }
      if earlier > 0 { Terminal.print("::notice::\(Self.counted(earlier))") }
    case .json: Terminal.print(DiagnosticsJSON.text(diagnostics, earlier: earlier))
    case .sarif:
      let columns = SourceColumns { try? FileReader.read("\(root)/\($0)", maximumSize: 1 << 20) }
      Terminal.print(
        DiagnosticsSARIF.text(diagnostics, version: stoaVersion, below: folder, columns: columns))
    case .gitlab: Terminal.print(DiagnosticsGitLab.text(diagnostics, below: folder))
    }
  }

  private static func counted(_ earlier: Int) -> String {
    earlier == 1
      ? "1 other diagnostic was there before this change"
      : "\(earlier) other diagnostics were there before this change"
  }
}
