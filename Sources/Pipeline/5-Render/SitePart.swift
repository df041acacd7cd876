import StoaHTML
import StoaModel

/// One of several parts of a site that are built separately: every *n*th file of the plan.
package struct SitePart: Sendable, Hashable {
  /// From 1 to `count`.
  package let number: Int
  package let count: Int
  /// The hash of everything that determines the site's bytes: equal in every part of one site.
  let build: SHA256.Digest
  /// The hash of the paths of the whole site.
  let paths: SHA256.Digest

  /// Whether two parts are of one site.
  package func belongs(with other: SitePart) -> Bool {
    count == other.count && build == other.build && paths == other.paths
  }

  /// Whether these are the paths of the whole site, which are in order.
  package func isWhole(_ paths: [String]) -> Bool { Self.digest(of: paths) == self.paths }

  fileprivate static func digest(of paths: [String]) -> SHA256.Digest {
    var buffer = ByteBuffer()
    for path in paths {
      buffer.write(path)
      buffer.bytes.append(0)
    }
    return SHA256.digest(of: buffer.bytes)
  }
}

extension SitePart: LosslessStringConvertible {
  /// Reads `part 2 of 4 <hash> <hash>`.
  package init?(_ description: String) {
    let words = description.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 6, words[0] == "part", words[2] == "of", let number = Int(words[1]),
      let count = Int(words[3]), (1...Self.maximumCount).contains(count),
      (1...count).contains(number),
      let build = SHA256.Digest(hexadecimal: Array(words[4].utf8)[...]),
      let paths = SHA256.Digest(hexadecimal: Array(words[5].utf8)[...])
    else { return nil }
    self.number = number
    self.count = count
    self.build = build
    self.paths = paths
  }

  package var description: String {
    "part \(number) of \(count) \(build.hexadecimal) \(paths.hexadecimal)"
  }

  /// How many parts a site may have.
  package static let maximumCount = 10_000
}

extension Plan {
  /// Part `number` of the plan: every file whose index is `number - 1` modulo `count`.
  ///
  /// Pages and their feeds are neighbours, so the parts of a large site are of nearly the same size.
  ///
  /// - Parameter build: the hash of all that decides the site's bytes, in hexadecimal.
  package func part(_ number: Int, of count: Int, build: String) -> Plan {
    var plan = self
    plan.files = files.enumerated().filter { $0.offset % count == number - 1 }.map(\.element)
    plan.part = SitePart(
      number: number, count: count, build: SHA256.digest(of: Array(build.utf8)),
      paths: SitePart.digest(of: files.map(\.path)))
    return plan
  }
}
