import StoaAddresses
package import StoaIntake
package import StoaModel
import StoaYAML

/// The content of `receive.yml`.
package struct ReceiveOptions: Sendable, Equatable {
  /// The absolute path of the community's folder, which determines the posts that can be answered.
  package let community: String
  /// The absolute path of the folder with waiting replies.
  package let spool: String
  /// The URL of the service for browsers, without a slash at its end.
  package let url: String
  package let listen: Endpoint
  /// The address at which this machine, and no other, can ask for the service's state; nil for none.
  package let health: Endpoint?
  /// Nil when replies wait in the spool for a person.
  package let proposals: Proposals?
  /// How long doubtful replies are collected before they become one proposal.
  package let gather: Int64
  /// Nil when no mail is sent and no address is stored.
  package let mail: Mail?

  package struct Endpoint: Sendable, Equatable {
    package let host: String
    package let port: Int
  }

  /// How replies become proposals.
  package struct Proposals: Sendable, Equatable {
    package enum Way: String, Sendable, CaseIterable {
      /// A branch, from which a person or a workflow opens a pull request.
      case branch
      /// A push to a special ref, which Forgejo turns into a pull request.
      case agit
      /// A push with options, which GitLab turns into a merge request.
      case mergeRequest = "merge-request"
      /// No proposals: accepted replies go directly onto the branch.
      case none
    }

    /// A path or URL, in a form that git accepts.
    package let repository: String
    package let branch: String
    package let way: Way
  }

  package struct Mail: Sendable, Equatable {
    /// The program that sends mail, with its arguments: it takes a mail on standard input and reads the recipients from the
    /// header.
    package let command: [String]
    package let from: MailBox
    /// The people who decide about replies by mail; empty for none.
    package let moderators: [MailBox]
    /// The absolute path of the key that encrypts addresses.
    package let sealKey: String
    /// The seconds after which an address is deleted.
    package let forgetAfter: Int64
    /// The published site's list of addresses, as a path or a URL; nil: below the `url` of stoa.yml.
    package let published: String?
  }

  private static let keys = [
    "branch", "community", "forget-after", "gather", "health", "listen", "mail-from", "moderators",
    "proposals", "published", "repository", "seal-key", "sendmail", "spool", "url",
  ]

  /// Reads the configuration.
  ///
  /// - Parameters:
  ///   - file: the file's name for messages.
  ///   - folder: the absolute path of its folder, which paths are relative to.
  package init(_ bytes: [UInt8], file: String, folder: String) throws(UsageError) {
    let fields = try Fields(bytes, file: file, folder: folder)
    community = fields.path("community") ?? folder
    spool = fields.path("spool") ?? fields.absolute("spool")
    guard let url = fields["url"] else {
      throw UsageError("\(file): url is missing: write the service's public URL")
    }
    do throws(SiteURL.Problem) {
      self.url = try SiteURL.read(url.text)
    } catch {
      throw UsageError("\(url.place): \(error.message); \(error.suggestion)")
    }
    listen = try fields.endpoint("listen") ?? Endpoint(host: "127.0.0.1", port: 8480)
    health = try fields.endpoint("health")
    if let health, !NetworkAddress.isLoopback(health.host) {
      throw UsageError(
        "\(fields.place("health")): health takes an address of this machine alone, such as 127.0.0.1:8481"
      )
    }
    gather = try fields.seconds("gather") ?? 600
    let way = fields["proposals"]?.text ?? Proposals.Way.branch.rawValue
    guard let way = Proposals.Way(rawValue: way) else {
      throw UsageError(
        "\(fields.place("proposals")): proposals takes \(Proposals.Way.allCases.map(\.rawValue).joined(separator: ", "))"
      )
    }
    let repository = fields["repository"]?.text ?? community
    let isAddress = repository.contains(":") || repository.hasPrefix("/")
    proposals = Proposals(
      repository: isAddress ? repository : fields.absolute(repository),
      branch: fields["branch"]?.text ?? "main", way: way)
    mail = try Self.mail(fields, spool: spool)
  }

  private static func mail(_ fields: Fields, spool: String) throws(UsageError) -> Mail? {
    guard let from = fields["mail-from"] else {
      if let key = ["sendmail", "moderators", "forget-after", "seal-key", "published"]
        .first(where: { fields[$0] != nil || fields.lists[$0] != nil })
      {
        throw UsageError(
          "\(fields.place(key)): \(key) is for mail: write mail-from, the address that mails come from"
        )
      }
      return nil
    }
    guard let sender = MailBox(from.text) else {
      throw UsageError(
        "\(from.place): mail-from takes an address, such as “Portico <replies@portico.example>”")
    }
    var moderators: [MailBox] = []
    for item in fields.lists["moderators"] ?? [] {
      guard let moderator = MailBox(item.text) else {
        throw UsageError("\(item.place): moderators takes addresses, such as ada@portico.example")
      }
      moderators.append(moderator)
    }
    var published = fields["published"]?.text
    if let path = published, !path.contains("://") { published = fields.absolute(path) }
    return Mail(
      command: (fields["sendmail"]?.text ?? "/usr/sbin/sendmail -t -i").split(separator: " ")
        .map(String.init), from: sender, moderators: moderators,
      sealKey: fields.path("seal-key") ?? "\(spool)/seal",
      forgetAfter: try fields.seconds("forget-after") ?? 730 * 86_400, published: published)
  }

  /// The keys with their texts, each with its place for messages.
  private struct Fields {
    struct Value {
      let text: String
      let place: String
    }

    private let file: String
    private let folder: String
    private var texts: [String: Value] = [:]
    private(set) var lists: [String: [Value]] = [:]

    init(_ bytes: [UInt8], file: String, folder: String) throws(UsageError) {
      self.file = file
      self.folder = folder
      let entries: [YAMLEntry]
      do throws(YAMLProblem) {
        entries = try YAMLReader.read(bytes[...])
      } catch {
        throw UsageError("\(file):\(error.line):\(error.column): \(error.message)")
      }
      for entry in entries { try read(entry) }
    }

    private mutating func read(_ entry: YAMLEntry) throws(UsageError) {
      let place = "\(file):\(entry.keyLine):\(entry.keyColumn)"
      guard ReceiveOptions.keys.contains(entry.key) else {
        throw UsageError(
          "\(place): there is no “\(entry.key)”"
            + (Nearest.match(for: entry.key, among: ReceiveOptions.keys).map {
              ": did you mean “\($0)”?"
            } ?? ": it takes \(ReceiveOptions.keys.joined(separator: ", "))"))
      }
      guard texts[entry.key] == nil, lists[entry.key] == nil else {
        throw UsageError("\(place): “\(entry.key)” is there already")
      }
      if entry.key == "moderators" {
        let items = entry.value.sequence ?? [entry.value]
        let values = items.compactMap { value($0) }
        guard values.count == items.count else {
          throw UsageError("\(place): “moderators” takes a list of addresses")
        }
        lists[entry.key] = values
      } else if let value = value(entry.value) {
        texts[entry.key] = value
      } else {
        throw UsageError("\(place): “\(entry.key)” takes one value, once")
      }
    }

    private func value(_ node: YAMLNode) -> Value? {
      guard let text = node.scalar, !text.isEmpty else { return nil }
      return Value(text: text, place: "\(file):\(node.line):\(node.column)")
    }

    subscript(key: String) -> Value? { texts[key] }

    func place(_ key: String) -> String {
      (texts[key] ?? lists[key]?.first)?.place ?? file
    }

    func absolute(_ path: String) -> String {
      let path = path.hasPrefix("/") ? path : "\(folder)/\(path == "." ? "" : path)"
      return path.hasSuffix("/") && path != "/" ? String(path.dropLast()) : path
    }

    func path(_ key: String) -> String? { texts[key].map { absolute($0.text) } }

    func endpoint(_ key: String) throws(UsageError) -> Endpoint? {
      guard let value = texts[key] else { return nil }
      let parts = value.text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, let port = Int(parts[1]),
        (0...65_535).contains(port)
      else {
        throw UsageError("\(value.place): \(key) takes a host and a port, such as 127.0.0.1:8480")
      }
      return Endpoint(host: String(parts[0]), port: port)
    }

    /// Reads a time such as `10m` or `730d`.
    func seconds(_ key: String) throws(UsageError) -> Int64? {
      guard let value = texts[key] else { return nil }
      guard let seconds = TimeSpan.seconds(value.text) else {
        throw UsageError("\(value.place): \(key) takes a time, such as 30s, 10m, 12h or 730d")
      }
      return seconds
    }
  }
}

/// A time in the form that people write: a number, and s, m, h or d.
package enum TimeSpan {
  private static let units: [UInt8: Int64] = [
    UInt8(ascii: "s"): 1, UInt8(ascii: "m"): 60, UInt8(ascii: "h"): 3_600,
    UInt8(ascii: "d"): 86_400,
  ]

  /// Nil for any other form, and for more than a hundred years.
  package static func seconds(_ text: String) -> Int64? {
    guard let unit = text.utf8.last.flatMap({ units[$0] }),
      text.utf8.dropLast().allSatisfy(ASCII.isDigit),
      let number = Int64(text.dropLast()), number <= 36_525 * 86_400 / unit
    else { return nil }
    return number * unit
  }
}
