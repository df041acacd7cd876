import Foundation
import StoaData
import Testing

@Suite("TOML") struct TOMLReaderTests {
  @Test(
    "is read as what the same in JSON is",
    arguments: [
      ("", "{}"),
      ("a = 1\nb=\"x\" # c\n\n'c d' = false", #"{"a": 1, "b": "x", "c d": false}"#),
      ("a.b = 1\na . \"c\" = 2", #"{"a": {"b": 1, "c": 2}}"#),
      (
        "d = 2014-11-25 08:30:00.5-07:00\ne = 2014-11-25 # f",
        #"{"d": "2014-11-25 08:30:00.5-07:00", "e": "2014-11-25"}"#
      ),
      ("n = 1_000\nx = -inf", #"{"n": "1_000", "x": "-inf"}"#),
      (#"s = "\t\"\\\u00e9\U0001F600\x41\n\r\b\e\f""#, #"{"s": "\t\"\\é😀A\n\r"}"#),
      ("s = \"\"\"\na\n\\\n  b\\  \n\n c\"\"\"\"\"", #"{"s": "a\nbc\"\""}"#),
      ("s = '''\n\\n''''", #"{"s": "\\n'"}"#),
      (
        "l = [ # one\n 'a', [1, 2], {b.c = 'd',\n e = 3, # f\n},\n]",
        #"{"l": ["a", [1, 2], {"b": {"c": "d"}, "e": 3}]}"#
      ),
      ("[a.b]\nc = 1\n[a]\nd = 2\n[ 'e' ]", #"{"a": {"b": {"c": 1}, "d": 2}, "e": {}}"#),
      (
        "[[p]]\nx = 1\n[p.q]\ny = 2\n[[p]]\n[[p.r]]\n",
        #"{"p": [{"x": 1, "q": {"y": 2}}, {"r": [{}]}]}"#
      ),
    ])
  func reading(toml: String, json: String) throws {
    let entries = try TOMLReader.read(Array(toml.utf8)[...])
    #expect(try SourceValue.mapping(entries) == JSONReader.read(Array(json.utf8)))
  }

  @Test(
    "that is none is refused, with its place",
    arguments: [
      ("a = 1\n[\n", 2, 2, "expected a key"), ("[a]\nb = [\n[\n1]]\n[]", 5, 2, "expected a key"),
      ("a", 1, 2, "expected an equals sign"), ("a = 1 b = 2", 1, 7, "expected the end of the line"),
      ("a = \n", 1, 5, "expected a value; strings need quotes"),
      ("a = yes", 1, 5, "expected a value; strings need quotes"),
      ("a = -true", 1, 5, "expected a value; strings need quotes"),
      (String(repeating: "\n", count: 1 << 20) + "a", 1, 1, "more than 1048576 bytes of TOML"),
      ("date = 2014-01-01T\u{FFFD}72:00:00+01:00", 1, 19, "expected the end of the line"),
      ("a = 1\na = 2", 2, 1, "a exists already"), ("[a]\n[a]", 2, 2, "a exists already"),
      ("a.b = 1\n[a]", 2, 2, "a exists already"),
      ("[a.b]\n[a]\n[a]", 3, 2, "a exists already"),
      ("[a.b.c]\n[a]\nb.d = 1\n[a.b]", 4, 2, "b exists already"),
      ("a = 1\n[a.b]", 2, 2, "a exists already, and is not a table"),
      ("[a.b]\n[a]\nb.c = 1", 3, 1, "b exists already, and cannot be added to from here"),
      ("a = [1 2]", 1, 8, "expected a comma or a closing bracket"),
      ("a = {b = 1 c = 2}", 1, 12, "expected a comma or a closing brace"),
      ("a = 'b\n'", 1, 7, "a string that does not end"),
      ("a = \"\"\"b\n\"\"", 1, 8, "a string that does not end"),
      (#"a = "\ud800""#, 1, 8, "expected 4 hexadecimal digits of a character"),
      (#"a = "\+""#, 1, 7, "a backslash and this character are no valid escape"),
      ("[[a]\nb = 1", 1, 5, "expected a closing bracket"),
    ])
  func refusal(toml: String, line: Int, column: Int, message: String) {
    #expect {
      try TOMLReader.read(Array(toml.utf8)[...])
    } throws: { error in
      guard let problem = error as? SourceProblem else { return false }
      return problem.line == line && problem.column == column && problem.message == message
    }
  }

  @Test(
    "may be nested 32 deep, and no deeper",
    arguments: [("[", "]", 31), ("{a=", "}", 31), ("{a.b=", "}", 15)])
  func depth(open: String, close: String, most: Int) throws {
    func nested(_ depth: Int) -> ArraySlice<UInt8> {
      let opened = String(repeating: open, count: depth) + "1"
      return Array(("a=" + opened + String(repeating: close, count: depth)).utf8)[...]
    }
    #expect(try TOMLReader.read(nested(most)).count == 1)
    #expect(throws: SourceProblem.self) { try TOMLReader.read(nested(most + 1)) }
    #expect(throws: SourceProblem.self) { try TOMLReader.read(nested(100_000)) }
    let path = String(repeating: "a.", count: 100_000) + "a"
    #expect(throws: SourceProblem.self) { try TOMLReader.read(Array("[\(path)]".utf8)[...]) }
    #expect(throws: SourceProblem.self) { try TOMLReader.read(Array("\(path)=1".utf8)[...]) }
  }

  @Test(
    "is read as Python reads it",
    .enabled(if: hasPythonTOML, "there is no python3 that is 3.11 or newer"))
  func agreement() throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("toml_documents.py")
    let lines = try runPython([script.path]).output.split(separator: 0x0A)
    #expect(lines.count == 5_000)
    var accepted = 0
    for line in lines {
      guard case .mapping(let entries) = try JSONReader.read(Array(line)) else { continue }
      let document = Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value) })
      let text = try #require(document["toml"]?.text)
      let theirs = document["value"]
      let ours = (try? TOMLReader.read(Array(text.utf8)[...])).map(SourceValue.mapping)
      accepted += theirs == nil ? 0 : 1
      guard ours == theirs else {
        Issue.record(
          "\(text)\nis for us \(ours.debugDescription)\nand for Python \(theirs.debugDescription)")
        return
      }
    }
    #expect((1_000..<4_000).contains(accepted), "\(accepted) of 5,000 are TOML")
  }
}

private let hasPythonTOML = (try? runPython(["-c", "import tomllib"]))?.status == 0

private func runPython(_ arguments: [String]) throws -> (status: Int32, output: Data) {
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3"] + arguments
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, data)
}
