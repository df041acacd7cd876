import StoaAddresses
import StoaModel

/// Gives slugs and ids: like what the source had, sound for Stoa, unique, and the same in every run.
struct ItemNames {
  /// Folded slugs of posts and pages, with the key of the item that has them.
  private var slugs: [String: String] = [:]

  /// Names that Stoa's own pages have at the top of a site.
  private static let reserved: Set<String> = Set(
    SiteAddress.generated().compactMap { address in
      address.path.split(separator: "/").first.map(String.init)
    }
  ).union(["page"])

  init() {
    for name in Self.reserved { slugs[name] = "" }
  }

  /// Takes the name of a file that the community has already.
  mutating func take(_ slug: String, for key: String = "") { slugs[Slug.foldedKey(slug)] = key }

  /// A slug for a post or page.
  ///
  /// - Parameters:
  ///   - wishes: in any form, percent-encoded or not; the first that leads to a slug is taken.
  mutating func slug(wishes: [String], key: String) -> String {
    let wish = wishes.lazy.map(Self.slug(from:)).first { !$0.isEmpty } ?? "post"
    var slug = wish
    var number = 1
    while let owner = slugs[Slug.foldedKey(slug)], owner != key {
      number += 1
      slug = "\(wish)-\(number)"
    }
    slugs[Slug.foldedKey(slug)] = key
    return slug
  }

  /// A slug from a text; empty when nothing in it can be part of one.
  static func slug(from text: String) -> String {
    guard !PersonalAddress.isIn(text) else { return "" }
    // Room for a number.
    var slug = cut(Slug.make(from: decode(text)), to: Slug.maximumLength - 12)
    if !slug.isEmpty, Slug.problem(in: slug) != nil { slug += "-post" }
    return Slug.problem(in: slug) == nil ? slug : ""
  }

  /// Percent-decodes; WordPress cuts long slugs at 200 bytes, maybe within a letter, which is then dropped.
  static func decode(_ text: String) -> String {
    var bytes = Array(text.utf8)
    if bytes.last == UInt8(ascii: "%") { bytes.removeLast() }
    if bytes.count >= 2, bytes[bytes.count - 2] == UInt8(ascii: "%") { bytes.removeLast(2) }
    for _ in 0..<4 {
      if let decoded = PercentEncoding.decode(String(decoding: bytes, as: UTF8.self)) {
        return decoded
      }
      guard bytes.count >= 3, bytes[bytes.count - 3] == UInt8(ascii: "%") else { break }
      bytes.removeLast(3)
    }
    return ""
  }

  /// Cut between letters.
  private static func cut(_ text: String, to length: Int) -> String {
    guard text.utf8.count > length else { return text }
    var kept = ""
    for scalar in text.unicodeScalars {
      guard kept.utf8.count + UTF8.width(scalar) <= length else { break }
      kept.unicodeScalars.append(scalar)
    }
    while kept.hasSuffix("-") { kept.removeLast() }
    return kept
  }
}

/// Gives ids to the responses of one post.
struct ResponseIdentifiers {
  private var taken: Set<String>

  init(taken: Set<String> = []) {
    self.taken = taken
  }

  /// An id like the wish; when nothing of that can be used, one made from the key.
  mutating func identifier(wish: String, key: String) -> String {
    var base = ""
    // An id is part of a public URL: a mail address must not become one.
    for byte in PersonalAddress.isIn(wish) ? "".utf8 : wish.lowercased().utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        base.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        if !base.isEmpty, !base.hasSuffix("-") { base += "-" }
      }
    }
    base = String(base.prefix(96))
    while base.hasSuffix("-") { base.removeLast() }
    if !Slug.isResponseId(base) {
      base = "comment-\(SHA256.hexadecimal(of: Array(key.utf8)).prefix(12))"
    }
    var identifier = base
    var number = 1
    while !taken.insert(identifier).inserted {
      number += 1
      identifier = "\(base)-\(number)"
    }
    return identifier
  }

  /// Keeps an id that an earlier import gave.
  mutating func keep(_ identifier: String) { taken.insert(identifier) }
}
