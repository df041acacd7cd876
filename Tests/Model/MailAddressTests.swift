import StoaTestSupport
import Testing

@testable import StoaModel

@Suite("E-mail addresses in a text")
struct MailAddressTests {
  /// The addresses of a text, as they stand in it.
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
        // Quotation marks around the local part alone would be part of it.
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
    let pieces: [[UInt8]] = ["@", ".", "a", "b.co", "[", "]", "\"", "://", "?", "é", "中", "-"].map {
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
    }
  }

  @Test(
    "take time in proportion to the text",
    arguments: [
      "@", "a@", "a@a.", "\"@", "a.", "中@", "://@", "a@[", "[IPv6:a@", "x@y.zz:", "\u{301}@",
    ])
  func hostileTexts(piece: String) {
    let count = 1 << 17
    let bytes = Array(String(repeating: piece, count: count / piece.utf8.count).utf8)
    let clock = ContinuousClock()
    let taken = clock.measure { _ = MailAddress.ranges(in: bytes) }
    // A hundred times as long as it takes; quadratic time would be minutes.
    #expect(taken < .seconds(10))
  }
}
