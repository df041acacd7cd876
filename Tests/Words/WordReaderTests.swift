import StoaWords
import Testing

@Suite("The words of a text") struct WordReaderTests {
  @Test(
    "are runs of letters and digits in lower case, whatever their script",
    arguments: [
      ("Slack-rope, and WIRE!", "slack rope and wire"),
      ("port 8080 of h2o", "port 8080 of h2o"),
      ("Don’t", "don t"),
      ("ÜBER Straße", "über straße"),
      ("ΟΔΟΣ", "οδοσ"),
      ("Тонкий ЛЁД", "тонкий лёд"),
      ("हिन्दी में", "हिन्दी में"),
      ("قالَ", "قالَ"),
      ("İzmir", "i\u{307}zmir"),
      ("ＡＢＣ１２", "abc12"),
      ("x² ½", "x"),
    ])
  func runs(_ text: String, _ words: String) {
    #expect(read(text) == words)
  }

  @Test(
    "are the same however their marks are written, and go on behind what no reader sees",
    arguments: [
      ("Cafe\u{301}", "café"), ("e\u{323}\u{302}", "ệ"), ("soft\u{AD}hyphen", "softhyphen"),
      ("می\u{200C}خواهم", "میخواهم"), ("zero\u{200B}width", "zero width"),
      ("heart\u{FE0F}", "heart"), ("\u{301}accent", "accent"),
    ])
  func composed(_ text: String, _ words: String) {
    #expect(read(text) == words)
  }

  @Test(
    "are pairs of neighbours where a script has no spaces",
    arguments: [
      ("静态网站", "静态 态网 网站"), ("山。川", "山 川"), ("Stoaは速い", "stoa は速 速い"),
      ("評論系統 v2", "評論 論系 系統 v2"), ("글을 쓰다", "글을 쓰다"), ("ทดสอบ", "ทด ดส สอ อบ"),
      ("カタカナ・テスト", "カタ タカ カナ テス スト"),
    ])
  func pairs(_ text: String, _ words: String) {
    #expect(read(text) == words)
  }

  @Test("are at most 40 scalars long") func long() {
    let longest = String(repeating: "a", count: 40)
    #expect(read("\(longest) \(longest)b é\(longest) end") == "\(longest) end")
  }

  @Test("are told from numbers and single letters") func telling() {
    var reader = WordReader()
    var telling: [String] = []
    reader.read("a 2024 v2 ok") { if $0.isTelling { telling.append($0.string) } }
    #expect(telling == ["v2", "ok"])
  }

  @Test("survive bytes that are no text") func invalid() {
    let bytes: [UInt8] = [0x61, 0xFF, 0x62, 0xC3, 0x63, 0xE4, 0xB8, 0x20, 0xF5, 0x64, 0xC3]
    var reader = WordReader()
    var words: [String] = []
    bytes.withUnsafeBufferPointer { bytes in reader.read(bytes) { words.append($0.string) } }
    #expect(words == ["a", "b", "c", "d"])
  }

  @Test(
    "of a body are those that readers see",
    arguments: [
      ("<p>One &amp; two&lt;three</p><p>four</p>", "one two three four"),
      ("un<em>believ</em>able <a class=\"x\">y</a>z", "unbelievable y z"),
      ("H<sub>2</sub>O, word<sup>1</sup>", "h2o word 1"),
      ("<h2 id=\"a-b\">Rope <code>x_y</code></h2>work", "#rope `x `y work"),
      ("\u{1}a0\u{2}link\u{1}z0\u{2}ed \u{1}t1\u{2}.", "linked wire rope"),
      ("<p>see</p>\u{1}c2\u{2}<p>then</p>", "see `let `x then"),
      ("cut <b", "cut"), ("cut &am", "cut"), ("cut \u{1}c", "cut"), ("\u{1}", ""),
    ])
  func body(_ body: String, _ words: String) {
    var reader = WordReader()
    var found: [String] = []
    var text = body
    text.withUTF8 { bytes in
      reader.read(body: bytes) { letter, number in
        switch (letter, number) {
        case (UInt8(ascii: "t"), 1): WordReader.SlotText(Array("Wire rope".utf8))
        case (UInt8(ascii: "c"), 2): WordReader.SlotText(Array("let x".utf8), isCode: true)
        default: nil
        }
      } each: { word in
        let mark = word.field == .heading ? "#" : word.field == .code ? "`" : ""
        found.append(mark + word.string)
      }
    }
    #expect(found.joined(separator: " ") == words)
  }

  private func read(_ text: String) -> String {
    var reader = WordReader()
    var words: [String] = []
    reader.read(text) { words.append($0.string) }
    return words.joined(separator: " ")
  }
}
