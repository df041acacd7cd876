import StoaAddresses
import StoaModel

/// Chooses slugs and ids: similar to those of the source, valid for Stoa, unique, and the same in every run.
struct ItemNames {
  /// Folded slugs of posts and pages, with the keys of their items.
  private var slugs: [String: String] = [:]
  /// The next number for another item of a folded slug.
  private var numbers: [String: Int] = [:]

  /// Names that Stoa's own pages have at the top level of a site.
  private static let reserved: Set<String> = Set(
    SiteAddress.generated().compactMap { address in
      address.path.split(separator: "/").first.map(String.init)
    }
  ).union(["page"])

  init() {
    for name in Self.reserved { slugs[name] = "" }
  }

  /// Marks the name of an existing file as taken.
  mutating func take(_ slug: String, for key: String = "") { slugs[Slug.foldedKey(slug)] = key }

  /// A slug for a post or page.
  ///
  /// - Parameters:
  ///   - wishes: preferred names in any form, percent-encoded or not; the first valid one is used.
  ///   - keepsFirst: whether the first is taken as it is, if it is a slug.
  mutating func slug(wishes: [String], keepsFirst: Bool = false, key: String) -> String {
    let isSlug = keepsFirst && wishes.first.map { Slug.problem(in: $0) == nil } == true
    let wish =
      isSlug
      ? wishes[0] : wishes.lazy.map(Self.slug(from:)).first { !$0.isEmpty } ?? "post"
    let folded = Slug.foldedKey(wish)
    guard let owner = slugs[folded], owner != key else {
      slugs[folded] = key
      return wish
    }
    var number = numbers[folded] ?? 2
    while let owner = slugs["\(folded)-\(number)"], owner != key { number += 1 }
    numbers[folded] = number + 1
    slugs["\(folded)-\(number)"] = key
    return "\(wish)-\(number)"
  }

  /// A slug from a text; empty when none of its characters is allowed in one.
  static func slug(from text: String) -> String {
    guard !PersonalAddress.isIn(text) else { return "" }
    // Leaves room for a number.
    var slug = cut(Slug.make(from: decode(text)), to: Slug.maximumLength - 12)
    if !slug.isEmpty, Slug.problem(in: slug) != nil { slug += "-post" }
    return Slug.problem(in: slug) == nil ? slug : ""
  }

  /// Percent-decodes; WordPress cuts long slugs at 200 bytes, possibly within a character, which is then dropped.
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

  /// Cut between characters.
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

/// Chooses ids for the responses to one post.
struct ResponseIdentifiers {
  private var taken = UniqueNames()

  /// An id like the preferred one; if that has no valid characters, one made from the key.
  mutating func identifier(wish: String, key: String) -> String {
    var base = ""
    // An id is part of a public URL, so it must not be made from an e-mail address.
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
    return base + taken.suffix(for: base)
  }

  /// Keeps an id from an earlier import.
  mutating func keep(_ identifier: String) { taken.take(identifier) }
}
