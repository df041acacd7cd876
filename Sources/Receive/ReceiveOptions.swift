import StoaAddresses
package import StoaModel
import StoaYAML

/// What `receive.yml` says.
package struct ReceiveOptions: Sendable, Equatable {
  /// The absolute path of the community's folder, whose pages say what can be answered.
  package let community: String
  /// The absolute path of the folder in which replies wait.
  package let spool: String
  /// Where browsers find the service, without a slash at its end.
  package let url: String
  package let host: String
  package let port: Int
  /// Nil: replies wait in the spool for a person.
  package let proposals: Proposals?

  /// Where replies become proposals, and how.
  package struct Proposals: Sendable, Equatable {
    package enum Way: String, Sendable, CaseIterable {
      /// A branch, from which a person or a workflow opens a pull request.
      case branch
      /// What Forgejo makes a pull request of.
      case agit
      /// What GitLab makes a merge request of.
      case mergeRequest = "merge-request"
    }

    /// A path or an address, as git takes it.
    package let repository: String
    package let branch: String
    package let way: Way
  }

  private static let keys = [
    "branch", "community", "listen", "proposals", "repository", "spool", "url",
  ]

  /// Reads the configuration.
  ///
  /// - Parameters:
  ///   - file: its name for messages.
  ///   - folder: the absolute path of its folder, from which paths lead.
  package init(_ bytes: [UInt8], file: String, folder: String) throws(UsageError) {
    let entries: [YAMLEntry]
    do throws(YAMLProblem) {
      entries = try YAMLReader.read(bytes[...])
    } catch {
      throw UsageError("\(file):\(error.line):\(error.column): \(error.message)")
    }
    var values: [String: (text: String, place: String)] = [:]
    for entry in entries {
      let place = "\(file):\(entry.keyLine):\(entry.keyColumn)"
      guard Self.keys.contains(entry.key) else {
        throw UsageError(
          "\(place): there is no “\(entry.key)”"
            + (Nearest.match(for: entry.key, among: Self.keys).map { ": did you mean “\($0)”?" }
              ?? ": it takes \(Self.keys.joined(separator: ", "))"))
      }
      guard let text = entry.value.scalar, !text.isEmpty, values[entry.key] == nil else {
        throw UsageError("\(place): “\(entry.key)” takes one text, once")
      }
      values[entry.key] = (text, "\(file):\(entry.value.line):\(entry.value.column)")
    }
    let absolute = { (path: String) in
      path.hasPrefix("/") ? path : "\(folder)/\(path == "." ? "" : path)"
    }
    community = Self.withoutSlash(absolute(values["community"]?.text ?? "."))
    spool = Self.withoutSlash(absolute(values["spool"]?.text ?? "spool"))
    guard let url = values["url"] else {
      throw UsageError("\(file): url is missing: write where browsers find the service")
    }
    do throws(SiteURL.Problem) {
      self.url = try SiteURL.read(url.text)
    } catch {
      throw UsageError("\(url.place): \(error.message); \(error.suggestion)")
    }
    let way = values["proposals"] ?? ("branch", file)
    if way.text == "none" {
      proposals = nil
    } else if let kind = Proposals.Way(rawValue: way.text) {
      let repository = values["repository"]?.text ?? community
      let isAddress = repository.contains(":") || repository.hasPrefix("/")
      proposals = Proposals(
        repository: isAddress ? repository : absolute(repository),
        branch: values["branch"]?.text ?? "main", way: kind)
    } else {
      throw UsageError(
        "\(way.place): proposals takes none, \(Proposals.Way.allCases.map(\.rawValue).joined(separator: ", "))"
      )
    }
    let listen = values["listen"] ?? ("127.0.0.1:8480", file)
    let parts = listen.text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, let port = Int(parts[1]),
      (0...65_535).contains(port)
    else {
      throw UsageError("\(listen.place): listen takes a host and a port, such as 127.0.0.1:8480")
    }
    (host, self.port) = (String(parts[0]), port)
  }

  private static func withoutSlash(_ path: String) -> String {
    path.hasSuffix("/") && path != "/" ? String(path.dropLast()) : path
  }
}
