import StoaExternalTools
import StoaTestSupport
import Testing

@testable import StoaCommandLine

@Suite("Paths in messages") struct ShellWordTests {
  @Test("are one word to a shell") func words() throws {
    var random = RandomNumbers(seed: 1)
    let pieces = [
      "a", "/", " ", "'", "\"", "$", "`", "\\", "*", "?", "~", "#", "-", "é", "e\u{301}", "日", "!",
      ";",
    ]
    let paths = (0..<300).map { _ in
      "p" + String((0..<random.next(9)).flatMap { _ in random.element(of: pieces) })
    }
    let command =
      "printf '%s\\n' " + paths.map { ShellWord.quoted(path: $0) }.joined(separator: " ")
    let output = try ExternalTool(path: "/bin/sh").run(["-c", command]).output
    #expect(
      String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init) == paths)
  }

  @Test("are never options", arguments: ["-rf", "--help"]) func options(path: String) {
    #expect(ShellWord.quoted(path: path) == "./\(path)")
  }

  @Test("stay as they are where that is safe") func plain() {
    #expect(ShellWord.quoted(path: "content/posts/été-1.md") == "content/posts/été-1.md")
    #expect(ShellWord.quoted(path: "") == "''")
  }
}

@Suite("A command that does not exist") struct UnknownCommandTests {
  @Test(
    "is answered with the nearest one",
    arguments: [
      (["biuld"], "there is no command “stoa biuld”: did you mean “stoa build”?"),
      (["post", "x"], "there is no command “stoa post”: did you mean “stoa new post”?"),
      (["new", "topik"], "there is no command “stoa new topik”: did you mean “stoa new topic”?"),
    ])
  func nearest(arguments: [String], message: String) throws {
    let unknown = try #require(UnknownCommand.first(in: arguments, of: StoaCommand.self))
    #expect(unknown.description == message)
  }

  @Test(
    "is not seen in what is a command, an option or a value",
    arguments: [["build", "x"], ["--help"], ["help", "x"]])
  func known(arguments: [String]) {
    #expect(UnknownCommand.first(in: arguments, of: StoaCommand.self) == nil)
  }

  @Test("is answered with all there are when none is near") func list() throws {
    let unknown = try #require(UnknownCommand.first(in: ["zzzzzz"], of: StoaCommand.self))
    #expect(unknown.description.contains("build, "))
    #expect(unknown.description.hasSuffix("stoa --help says what they do"))
  }
}
