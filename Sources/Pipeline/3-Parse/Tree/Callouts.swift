/// How a block quote with `[!kind]` is shown: in one of five styles, with a translated title.
struct CalloutKind {
  /// The class after `alert-`: note, tip, important, warning or caution.
  let look: String
  /// The key in the translations.
  let word: String

  private init(_ look: String, _ word: String) {
    self.look = look
    self.word = "alert-\(word)"
  }

  /// The style of an unknown kind.
  static let plainLook = "note"

  /// GitHub's five kinds, and those of Obsidian, with their alternative names.
  static let all: [String: CalloutKind] = {
    let kinds: [(look: String, names: [String])] = [
      ("note", ["note"]),
      ("note", ["abstract", "summary", "tldr"]),
      ("note", ["info"]),
      ("note", ["example"]),
      ("note", ["quote", "cite"]),
      ("tip", ["tip", "hint"]),
      ("tip", ["success", "check", "done"]),
      ("important", ["important"]),
      ("important", ["todo"]),
      ("important", ["question", "help", "faq"]),
      ("warning", ["warning", "attention"]),
      ("caution", ["caution"]),
      ("caution", ["failure", "fail", "missing"]),
      ("caution", ["danger", "error"]),
      ("caution", ["bug"]),
    ]
    var all: [String: CalloutKind] = [:]
    for (look, names) in kinds {
      for name in names { all[name] = CalloutKind(look, names[0]) }
    }
    return all
  }()
}

/// `[!kind]`, `[!kind]-` or `[!kind]+` at the start of a block quote.
struct CalloutMarker {
  enum Fold {
    case closed
    case open
  }

  private static let longestName = 40

  /// As it was typed.
  let name: [UInt8]
  let fold: Fold?
  /// Its length in bytes, with the spaces after it.
  let length: Int

  init?(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.starts(with: "[!".utf8) else { return nil }
    name = Array(text.dropFirst(2).prefix(Self.longestName).prefix(while: Self.isNamePart))
    var end = 2 + name.count
    guard !name.isEmpty, end < text.count, text[end] == UInt8(ascii: "]") else { return nil }
    end += 1
    switch end < text.count ? text[end] : 0 {
    case UInt8(ascii: "-"): fold = .closed
    case UInt8(ascii: "+"): fold = .open
    default: fold = nil
    }
    if fold != nil { end += 1 }
    while end < text.count, text[end] == 0x20 || text[end] == 0x09 { end += 1 }
    length = end
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
