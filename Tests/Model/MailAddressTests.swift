import StoaTestSupport
import Testing

@testable import StoaModel

@Suite("E-mail addresses in a text")
struct MailAddressTests {
  /// The addresses in a text, as written there.
  private func addresses(in text: String) -> [String] {
    let bytes = Array(text.utf8)
    return MailAddress.ranges(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test(
    "are found whole",
    arguments: [
      "ada@example.org", "ada.lovelace+notes@mail.example.co.uk", "o'brien@example.com",
      "josé@example.com", "Jörg_Müller@müller.example.de", "дима123@пример.рф", "用户@例子.公司",
      "δοκιμή@παράδειγμα.ελ", "user%example.com@relay.org", "a_b-c~d#e!f$g^h@x-y.org",
      "123456789@qq.com", "me@163.com", "x@xn--fsq.xn--0zwm56d", "\"john doe\"@example.com",
      "root@[192.0.2.1]", "root@[IPv6:2001:db8::1]", "o\u{2019}brien@example.com", "a@b.museum",
      "संपर्क@डाटामेल.भारत",
    ])
  func whole(address: String) {
    for (before, after) in [
      ("", ""), ("Write to ", ", please."), ("<", ">"), ("mailto:", "?subject=x"), ("(", ")"),
      ("**", "**"), ("'", "'"), ("a.b@c.d.org;", " x"), ("“", "”"),
    ] {
      #expect(addresses(in: before + address + after).last == address, "\(before)…\(after)")
    }
  }

  @Test(
    "end where the words around them begin",
    arguments: [
      ("麻烦发我一份，邮箱someone@example.com谢谢哦，祝好", "someone@example.com"),
      ("@tangi我邮箱么123456789@qq.com，感激！", "123456789@qq.com"),
      ("메일은someone@example.com으로", "someone@example.com"),
      ("メールはa-b@example.jpにください。", "a-b@example.jp"),
      ("ส่งอีเมลmali@example.co.thนะคะ", "mali@example.co.th"),
      ("Почта:someone@example.comпишите", "someone@example.com"),
      ("a@b.com谢谢.请回复", "a@b.com"), ("me@x.org.I think so", "me@x.org"),
      ("https://x.org/a(me@x.org)", "me@x.org"), ("a@x.org/b", "a@x.org"),
      ("name@example.com@x", "name@example.com"), ("(//name@example.com)", "name@example.com"),
      ("https://x.org/?mail=me@x.org&y", "me@x.org"), ("me@x.org: hello", "me@x.org"),
      ("comments/me@x.org.yml", "me@x.org"),
    ])
  func boundaries(text: String, address: String) {
    #expect(addresses(in: text) == [address])
  }

  @Test(
    "are not seen in what names no mailbox",
    arguments: [
      "react@16.8.0", "deploy@10.0.0.1", "lodash@4.17.21-beta.rc", "@scope/name@1.2.3", "x@v1.2.rc",
      "@name@host.example", "@name@example.com", "user@host:path", "deploy@example.com:/var/www",
      "git@github.com:owner/site.git", "git@github.com", "name@localhost", "a@b.c", "@ada",
      "a @ b.org",
      "https://ada@example.org/", "postgres://ada:secret@db.example.org/x", "logo@2x.png",
      "https://lists.example.org/m/2026.1@example.org/", "getty@tty1.service", "a@-b.org",
      "a@b-.org",
      "@example.org", "a@.org", "a@b..org", "a@[nothing]", "obj@x.js", "e@@example.org",
    ])
  func noMailbox(text: String) {
    #expect(addresses(in: text) == [])
    #expect(addresses(in: "See \(text) there") == [])
  }

  @Test(
    "are found in the path of a URL and behind a scheme, and as URLs and HTML write them, where URLs are searched",
    arguments: [
      ("https://lists.example/archives/ann@example.org/", ["ann@example.org"]),
      ("https://x.example/?to=ann%40example.org&y", ["ann%40example.org"]),
      ("https://x.example/?to=ann@example.org#x", ["ann@example.org"]),
      ("https://x.example/#ann@example.org", ["ann@example.org"]),
      ("http://ann@example.org, http://ann@example.org/.", ["ann@example.org", "ann@example.org"]),
      (
        "ann&#64;example.org ann&#X40;example.org", ["ann&#64;example.org", "ann&#X40;example.org"]
      ),
      ("mailto:ann&commat;example.org", ["ann&commat;example.org"]),
      ("https://qq.example/u/123456789@qq.com", ["123456789@qq.com"]),
      ("ftp://ftp.example/pub/ann@example.org", ["ann@example.org"]),
      // A message identifier, a user of a machine, a name on the fediverse, a version.
      ("https://lists.example/2026.7@example.org/", []),
      ("https://lore.example/r/20260101120000.GA17-1-x@example.org/", []),
      ("https://lore.example/r/CAHk-=wgXY@mail.gmail.com/", []),
      ("https://ann@code.example/team/site.git", []), ("ssh://ann@code.example", []),
      ("https://ann:secret@code.example/", []), ("postgres://ada:secret@db.example.org/x", []),
      ("https://medium.example/@ann", []), ("https://social.example/@ann@other.example", []),
      ("https://social.example/%40ann%40other.example", []),
      ("https://cdn.example/npm/react@16.8.0/index.js", []),
      ("https://photos.example/photos/12345@N00/", []), ("50%40 of", []), ("a &#64; b", []),
    ] as [(String, [String])])
  func urls(text: String, expected: [String]) {
    for (before, after) in [("", ""), ("See ", " there"), ("(", ")"), ("<", ">")] {
      let bytes = Array((before + text + after).utf8)
      let found = MailAddress.ranges(in: bytes, urls: .searched).map {
        String(decoding: bytes[$0], as: UTF8.self)
      }
      #expect(found == expected, "\(before)…\(after)")
    }
  }

  @Test(
    "are found in targets of links, of which the rest may be shown",
    arguments: [
      ("mailto:ann@example.org?subject=x", "[address removed]"),
      ("MAILTO:ann%40localhost", "[address removed]"),
      ("mailto:?to=ann@example.org", "[address removed]"), ("mailto:?subject=a", nil),
      ("https://x.example/?to=ann@example.org", "https://x.example/?to=[address removed]"),
      ("/archives/ann@example.org/", "/archives/[address removed]/"),
      ("https://medium.example/@ann", nil),
    ] as [(String, String?)])
  func targets(url: String, expected: String?) {
    let ranges = MailAddress.ranges(inTarget: Array(url.utf8))
    let shown =
      ranges.isEmpty
      ? nil
      : String(decoding: MailAddress.shown(target: Array(url.utf8), at: ranges), as: UTF8.self)
    #expect(shown == expected)
  }

  @Test("are masked without beginning a link")
  func mask() {
    func masked(_ text: String, isMarkdown: Bool = false) -> String {
      let bytes = Array(text.utf8)
      return String(
        decoding: MailAddress.masked(
          bytes, at: MailAddress.ranges(in: bytes), isMarkdown: isMarkdown), as: UTF8.self)
    }
    #expect(masked("me@x.org, you@x.org") == "[address removed], [address removed]")
    #expect(
      masked("[me@x.org] and \\[me@x.org\\]") == "[address removed] and \\[address removed\\]")
    #expect(masked("[[rope|me@x.org]]") == "[[rope|address removed]]")
    #expect(masked("me@x.org: hi", isMarkdown: true) == "[address removed]\\: hi")
    #expect(masked("me@x.org(work)", isMarkdown: true) == "[address removed]\\(work)")
  }

  @Test("are found in every surrounding, and none is left in a masked text")
  func randomTexts() {
    var random = RandomNumbers(seed: 17)
    let locals = ["ada", "a.b", "x+y", "josé", "1234", "o'neil", "дима"]
    let hosts = ["example.org", "mail.example.com", "müller.de", "163.com", "пример.рф"]
    let around = [
      " ", "\n", "，", "。", "谢谢", "우리", "(", ")", "<", ">", "\"", "`", "*", "…", "😀", "ก", ", ", "；",
      "\u{85}",
    ]
    for _ in 0..<3_000 {
      var text = ""
      var expected: [String] = []
      for _ in 0..<(1 + random.next(4)) {
        let address = random.element(of: locals) + "@" + random.element(of: hosts)
        expected.append(address)
        // Quotation marks around the local part only would belong to it.
        text += random.element(of: around) + " ".prefix(random.next(2)) + address
        text += random.element(of: around) + random.element(of: around)
      }
      #expect(addresses(in: text) == expected, "\(text)")
      if let masked = MailAddress.masked(Array(text.utf8)) {
        #expect(MailAddress.ranges(in: masked) == [])
      }
    }
  }

  @Test("are looked for in any bytes, within the text and without overlaps")
  func anyBytes() {
    var random = RandomNumbers(seed: 5)
    let pieces: [[UInt8]] = [
      "@", "%40", "&#64;", "mailto:", "http://", "/", ".", "a", "b.co", "[", "]", "\"", "://", "?",
      "é", "中", "-",
    ].map {
      Array($0.utf8)
    }
    for _ in 0..<5_000 {
      var bytes: [UInt8] = []
      for _ in 0..<random.next(40) {
        bytes += random.next(5) == 0 ? [UInt8(random.next(256))] : random.element(of: pieces)
      }
      var end = 0
      for range in MailAddress.ranges(in: bytes) {
        #expect(range.lowerBound >= end && range.upperBound <= bytes.count && !range.isEmpty)
        #expect(bytes[range].contains(UInt8(ascii: "@")))
        end = range.upperBound
      }
      end = 0
      for range in MailAddress.ranges(inTarget: bytes) {
        #expect(range.lowerBound >= end && range.upperBound <= bytes.count && !range.isEmpty)
        end = range.upperBound
      }
    }
  }

  @Test(
    "take time in proportion to the text",
    arguments: [
      "@", "a@", "a@a.", "%40", "a%40a.b", "&#64;", "http://a@", "\"@", "a.", "中@", "://@", "a@[",
      "[IPv6:a@", "x@y.zz:", "\u{301}@",
    ])
  func hostileTexts(piece: String) {
    let count = 1 << 17
    let bytes = Array(String(repeating: piece, count: count / piece.utf8.count).utf8)
    let clock = ContinuousClock()
    let taken = clock.measure {
      _ = MailAddress.ranges(in: bytes)
      _ = MailAddress.ranges(inTarget: bytes)
    }
    // A hundred times the usual time; quadratic time would take minutes.
    #expect(taken < .seconds(10))
  }
}
