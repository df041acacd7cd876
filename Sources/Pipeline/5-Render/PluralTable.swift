extension PluralRules {
  /// The cardinal rules of Unicode CLDR 47, `common/supplemental/plurals.xml`, for whole numbers.
  ///
  /// Source: https://github.com/unicode-org/cldr/blob/release-47/common/supplemental/plurals.xml. Each row has the languages that
  /// share rules; the first rule that matches gives the category, otherwise it is `other`. Languages whose only rule is `one` for 1
  /// are omitted, because that is the default.
  static let table: [(languages: String, rules: [Rule])] = [
    (
      "bm bo dz hnj id ig ii ja jbo jv kde kea km ko lkt lo ms my nqo osa sah ses sg su th to tpi vi "
        + "wo yo yue zh",
      []
    ),
    (
      "ak am as bho bn csw doi fa ff gu guw hi hy kab kn ln mg nso pa pcm si ti wa zu",
      [Rule(.one, .n(0...1))]
    ),
    ("tzm", [Rule(.one, .n(0...1, 11...99))]),
    ("fr ht pt", [Rule(.one, .n(0...1)), Rule(.many, .n(not: 0...0), .mod(1_000_000, 0...0))]),
    (
      "ca es it lld pt-pt scn vec",
      [Rule(.one, .n(1...1)), Rule(.many, .n(not: 0...0), .mod(1_000_000, 0...0))]
    ),
    ("is mk", [Rule(.one, .mod(10, 1...1), .mod(100, not: 11...11))]),
    (
      "ceb fil tl",
      [Rule(.one, .n(1...3), or: [.mod(10, not: 4...4, 6...6, 9...9)])]
    ),
    (
      "lv prg",
      [
        Rule(.zero, .mod(10, 0...0), or: [.mod(100, 11...19)]),
        Rule(.one, .mod(10, 1...1), .mod(100, not: 11...11)),
      ]
    ),
    ("blo ksh lag", [Rule(.zero, .n(0...0)), Rule(.one, .n(1...1))]),
    (
      "he iu naq sat se sma smi smj smn sms",
      [Rule(.one, .n(1...1)), Rule(.two, .n(2...2))]
    ),
    ("shi", [Rule(.one, .n(0...1)), Rule(.few, .n(2...10))]),
    (
      "mo ro",
      [Rule(.one, .n(1...1)), Rule(.few, .n(0...0), or: [.mod(100, 1...19)])]
    ),
    (
      "bs hr sh sr",
      [
        Rule(.one, .mod(10, 1...1), .mod(100, not: 11...11)),
        Rule(.few, .mod(10, 2...4), .mod(100, not: 12...14)),
      ]
    ),
    (
      "gd",
      [
        Rule(.one, .n(1...1, 11...11)), Rule(.two, .n(2...2, 12...12)),
        Rule(.few, .n(3...10, 13...19)),
      ]
    ),
    (
      "dsb hsb sl",
      [
        Rule(.one, .mod(100, 1...1)), Rule(.two, .mod(100, 2...2)), Rule(.few, .mod(100, 3...4)),
      ]
    ),
    ("cs sk", [Rule(.one, .n(1...1)), Rule(.few, .n(2...4))]),
    (
      "pl",
      [
        Rule(.one, .n(1...1)), Rule(.few, .mod(10, 2...4), .mod(100, not: 12...14)),
        Rule(.many, .n(0...Int.max)),
      ]
    ),
    (
      "be ru uk",
      [
        Rule(.one, .mod(10, 1...1), .mod(100, not: 11...11)),
        Rule(.few, .mod(10, 2...4), .mod(100, not: 12...14)), Rule(.many, .n(0...Int.max)),
      ]
    ),
    (
      "lt",
      [
        Rule(.one, .mod(10, 1...1), .mod(100, not: 11...19)),
        Rule(.few, .mod(10, 2...9), .mod(100, not: 11...19)),
      ]
    ),
    (
      "br",
      [
        Rule(.one, .mod(10, 1...1), .mod(100, not: 11...11, 71...71, 91...91)),
        Rule(.two, .mod(10, 2...2), .mod(100, not: 12...12, 72...72, 92...92)),
        Rule(.few, .mod(10, 3...4, 9...9), .mod(100, not: 10...19, 70...79, 90...99)),
        Rule(.many, .n(not: 0...0), .mod(1_000_000, 0...0)),
      ]
    ),
    (
      "mt",
      [
        Rule(.one, .n(1...1)), Rule(.two, .n(2...2)),
        Rule(.few, .n(0...0), or: [.mod(100, 3...10)]), Rule(.many, .mod(100, 11...19)),
      ]
    ),
    (
      "ga",
      [
        Rule(.one, .n(1...1)), Rule(.two, .n(2...2)), Rule(.few, .n(3...6)),
        Rule(.many, .n(7...10)),
      ]
    ),
    (
      "gv",
      [
        Rule(.one, .mod(10, 1...1)), Rule(.two, .mod(10, 2...2)), Rule(.few, .mod(20, 0...0)),
      ]
    ),
    (
      "kw",
      [
        Rule(.zero, .n(0...0)), Rule(.one, .n(1...1)),
        Rule(
          .two, .mod(100, 2...2, 22...22, 42...42, 62...62, 82...82),
          or: [
            .mod(1_000, 0...0),
            .mod(100_000, 1_000...20_000, 40_000...40_000, 60_000...60_000, 80_000...80_000),
          ], [.n(not: 0...0), .mod(1_000_000, 100_000...100_000)]),
        Rule(.few, .mod(100, 3...3, 23...23, 43...43, 63...63, 83...83)),
        Rule(.many, .n(not: 1...1), .mod(100, 1...1, 21...21, 41...41, 61...61, 81...81)),
      ]
    ),
    (
      "ar ars",
      [
        Rule(.zero, .n(0...0)), Rule(.one, .n(1...1)), Rule(.two, .n(2...2)),
        Rule(.few, .mod(100, 3...10)), Rule(.many, .mod(100, 11...99)),
      ]
    ),
    (
      "cy",
      [
        Rule(.zero, .n(0...0)), Rule(.one, .n(1...1)), Rule(.two, .n(2...2)),
        Rule(.few, .n(3...3)), Rule(.many, .n(6...6)),
      ]
    ),
  ]
}
