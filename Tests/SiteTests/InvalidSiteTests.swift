import Foundation
import Stoa
import StoaModel
import Testing

/// One small community for each possible diagnostic; its name is the code, or `code.variant`.
@Suite("Invalid sites") struct InvalidSiteTests {
  @Test(
    "give exactly their diagnostics and status, and the rest holds together when it is asked for",
    arguments: SiteCase.all("invalid"))
  func diagnostics(site: SiteCase) async throws {
    let file = site.folder.appendingPathComponent("diagnostics.txt")
    let arguments = site.arguments + ["--keep-going"]
    // A test uses a fraction of the usual time limit.
    let milliseconds = site.code == .markdownTooComplex ? 40 : nil
    let printed = try await site.build(
      arguments, milliseconds: milliseconds, hasTools: site.code != .missingTool,
      prepare: preparations[site.name]
    ) { report, folder in
      let checked = try await site.vanishedAddresses() + site.missingConsents()
      return try Self.outcome(of: site, report.diagnostics + checked, in: folder)
    }
    let recorded = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let isSame = try compare(printed, with: file)
    #expect(isSame, "\(file.path) differs:\n\(difference(recorded, printed))")
  }

  /// The recorded diagnostics of the site.
  private static func outcome(
    of site: SiteCase, _ diagnostics: [Diagnostic], in folder: URL
  ) throws -> String {
    #expect(diagnostics.contains { $0.code == site.code })
    let problems = try SiteIntegrity.problems(in: folder)
    #expect(problems == [])
    let status = diagnostics.contains { $0.severity == .error } ? 1 : 0
    return diagnostics.map { $0.description + "\n" }.joined() + "exit status: \(status)\n"
  }

  @Test("are prepared only where there is a site to prepare") func preparedNames() {
    let names = Set((SiteCase.all("valid") + SiteCase.all("invalid")).map(\.name))
    #expect(preparations.keys.filter { !names.contains($0) } == [])
  }
}

extension SiteCase {
  /// The options of the build, from `arguments.txt` if it exists.
  var arguments: [String] {
    let file = folder.appendingPathComponent("arguments.txt")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// The additional diagnostics of `stoa check --published`, if the site has a list of published URLs.
  func vanishedAddresses() async throws -> [Diagnostic] {
    let file = folder.appendingPathComponent("addresses.txt")
    guard let list = try? Data(contentsOf: file) else { return [] }
    let published = PublishedList(Array(list), file: file.lastPathComponent)
    return try await check(siteOptions(folder, to: folder), published: published)
      .filter { [.vanishedAddress, .vanishedHeading, .vanishedResponse].contains($0.code) }
  }

  /// The additional diagnostics of `stoa check --changed-since`, if the site has a folder with its earlier content.
  func missingConsents() async throws -> [Diagnostic] {
    let before = folder.appendingPathComponent("before")
    guard FileManager.default.fileExists(atPath: before.path) else { return [] }
    return try await Stoa.missingConsents(siteOptions(folder, to: folder), since: before.path)
  }

  /// The code that an invalid site demonstrates.
  var code: DiagnosticCode? {
    DiagnosticCode(rawValue: String(name.prefix { $0 != "." }))
  }
}
