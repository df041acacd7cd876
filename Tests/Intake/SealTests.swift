import StoaModel
import StoaTestSupport
import Testing

@testable import StoaReceive

@Suite("What is sealed") struct SealTests {
  @Test("opens under its own name and key, and not when any byte is another")
  func opening() throws {
    let folder = try TemporaryCommunity([:])
    let seal = try Seal(keyFile: "\(folder.root)/key")
    let message = Array("ann@rope.example".utf8)
    let sealed = seal.close(message, as: "one")
    #expect(seal.open(sealed, as: "one") == message)
    #expect(try Seal(keyFile: "\(folder.root)/key").open(sealed, as: "one") == message)
    #expect(seal.open(sealed, as: "two") == nil)
    #expect(try Seal(keyFile: "\(folder.root)/other").open(sealed, as: "one") == nil)
    for index in sealed.indices {
      var other = sealed
      other[index] ^= 1
      #expect(seal.open(other, as: "one") == nil)
      #expect(seal.open(Array(sealed[..<index]), as: "one") == nil)
    }
    // Sealing the same text twice gives different bytes.
    #expect(seal.close(message, as: "one") != sealed)
    #expect(seal.open(seal.close([], as: "one"), as: "one") == [])
  }
}

@Suite("Text of a mail") struct MailTextTests {
  @Test("is quoted on every line that a mail program may begin")
  func quotation() {
    #expect(MailText.quoted("a\n\nb") == "> a\n> \n> b")
    #expect(
      MailText.quoted("a\u{2028}Accept this reply:\u{2029}https\u{85}b\n\u{301}c")
        == "> a\n> Accept this reply:\n> https\n> b\n> \u{301}c")
  }

  @Test(arguments: [
    ("<p>One &amp; two<br>three</p>\n<p>four</p>\n", "One & two\nthree\n\nfour"), ("", ""),
    ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "\na\n\nb"), ("<p>&amp;lt; &lt;b&gt;</p>", "&lt; <b>"),
    ("a < b", "a < b"),
  ])
  func isPlain(_ html: String, _ text: String) {
    #expect(MailText.plain(Array(html.utf8)).split(separator: "\n") == text.split(separator: "\n"))
  }
}
