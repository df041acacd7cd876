package import StoaExternalTools
package import StoaModel
import StoaSystem
import StoaYAML

/// Checks that the service in a community's settings is reachable, and that it receives replies for this community.
package struct ServiceProbe: Sendable {
  private static let settingsFile = "stoa.yml"

  private let root: String
  private let curl: String

  /// - Throws: When no program for HTTP requests is installed.
  package init(root: String, tools: ToolFinder) throws(UsageError) {
    guard let curl = tools.onPath("curl") else {
      throw UsageError("--service needs curl: install it")
    }
    self.root = root
    self.curl = curl
  }

  /// The problem with the service; nil when there is none.
  package func diagnostics() throws -> [Diagnostic] {
    let bytes: [UInt8]
    do throws(FileReader.Refusal) {
      bytes = try FileReader.read("\(root)/\(Self.settingsFile)", followsLinks: true)
    } catch {
      throw InputError(path: "\(root)/\(Self.settingsFile)", refusal: error)
    }
    let entries = (try? YAMLReader.read(bytes[...])) ?? []
    let site = entries.first { $0.key == "url" }?.value.scalar ?? ""
    let reply = entries.first { $0.key == "reply" }?.value.mapping ?? []
    guard let node = reply.first(where: { $0.key == "service" })?.value, let text = node.scalar
    else {
      throw UsageError(
        "stoa.yml names no service: write “reply: {service: https://replies.example}”")
    }
    let place = SourceLocation(file: Self.settingsFile, line: node.line, column: node.column)
    let service = Self.withoutSlash(text)
    let outcome = try ExternalTool(path: curl).run(
      [
        "--silent", "--show-error", "--max-time", "20", "--max-filesize", "65536", "--proto",
        "=http,https", "--", "\(service)/about",
      ], atMost: .seconds(60))
    guard outcome.succeeded else {
      let words =
        String(decoding: outcome.complaints.prefix(300), as: UTF8.self)
        .split(separator: "\n").first ?? "curl says nothing"
      return [
        Diagnostic(
          .unreachableService, at: place, "the service \(service) does not answer (\(words))",
          suggestion: "start it, or correct its URL")
      ]
    }
    guard let about = ServiceDescription(outcome.output) else {
      return [
        Diagnostic(
          .unreachableService, at: place, "the server at \(service) is not “stoa receive”",
          suggestion: "correct its URL, or check the web server in front of it")
      ]
    }
    guard Self.withoutSlash(about.site) != Self.withoutSlash(site) else { return [] }
    return [
      Diagnostic(
        .unreachableService, at: place,
        "the service \(service) takes replies to \(about.site.printable), and this is \(site)",
        suggestion: "write the URL of this community's own service")
    ]
  }

  private static func withoutSlash(_ text: String) -> String {
    text.hasSuffix("/") ? String(text.dropLast()) : text
  }
}

/// A service's public description of itself.
struct ServiceDescription: Sendable {
  private static let version = "stoa-receive 1"

  /// The address of the community's site.
  let site: String

  init(site: String) { self.site = site }

  var text: String { "\(Self.version)\nsite \(site)" }

  init?(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.count >= 2, lines[0] == Self.version, lines[1].hasPrefix("site ") else {
      return nil
    }
    site = String(lines[1].dropFirst(5))
  }
}
