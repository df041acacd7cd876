import StoaAddresses
import Testing

@Suite("Keys of names") struct NameKeyTests {
  @Test(
    "bring together what people write for one name",
    arguments: [
      ("Maren Holt", "maren  HOLT"), (" Maren\tHolt\n", "maren holt"), ("Straße", "STRASSE"),
      ("Ame\u{301}lie", "am\u{E9}lie"), ("a\r\nb", "A B"), ("", " \t"),
    ])
  func same(_ left: String, _ right: String) {
    #expect(NameKey(left) == NameKey(right))
  }

  @Test(
    "keep what tells names apart", arguments: [("Jose", "José"), ("a b", "ab"), ("a-b", "a b")])
  func different(_ left: String, _ right: String) {
    #expect(NameKey(left) != NameKey(right))
  }

  @Test("of ASCII are those of the rules for all scripts")
  func quickWay() {
    let characters = (0..<128).map { Character(Unicode.Scalar(UInt8($0))) }
    for first in characters {
      for second in characters {
        let name = "a\(first)\(second)B"
        // A name with a letter beyond ASCII takes the slow path.
        #expect(NameKey(name + "é").folded == NameKey(name).folded + "é")
      }
    }
  }
}
