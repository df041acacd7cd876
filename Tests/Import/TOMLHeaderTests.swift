import Testing

@testable import StoaImport

@Suite("TOML's tables") struct TOMLHeaderTests {
  @Test(
    "without a name are found before the parser meets them",
    arguments: [
      ("[", nil), ("[\n", 1), ("a = 1\n  [ \n]", 2), ("[[\n", 1), ("[é]", 1),
      ("a = '''\n'''\n[#", 3),
      ("a = \"\"\"\n[\n\"\"\"\n[=", 4), ("a = \"\"\"\\\n\"\"\"\n[.", 3),
      ("[a]\nb = [\n[\n1]]\n[]", nil),
      ("[a]", nil), ("[ \"b]\" ]\n[[ 'c' ]]\n# [\n", nil), ("a = [ # \"\n[\n1], [2]]\n[-]", nil),
    ] as [(String, Int?)])
  func nameless(text: String, line: Int?) {
    #expect(TOMLHeaders.firstNameless(in: Array(text.utf8)[...]) == line)
  }

  @Test("without a name are refused with their line") func refusal() {
    #expect { try ForeignTOML.read(Array("a = 1\n[\n".utf8)[...]) } throws: { error in
      (error as? ForeignTOML.Problem)?.line == 2
    }
  }
}
