import Foundation
import StoaAddresses
import StoaIntake
import StoaLoad
import StoaModel
import StoaTestSupport
import Synchronization
import Testing

@Suite("The file of a response") struct ResponseFileTests {
  private static let date = Timestamp(seconds: 1_782_000_000, offset: 3_600, isDay: false)

  @Test("has what was given, in the order of the guide")
  func whole() {
    let file = ResponseFile(
      post: "rope", id: "20260621-abcdefgh",
      signature: .guest(name: "Ann: a # guest", website: "https://ann.example/"), date: Self.date,
      replyTo: "one", stance: .buildsOn, text: "---\nguest: Bo\n---")
    #expect(file.path == "content/responses/rope/20260621-abcdefgh.md")
    #expect(
      String(decoding: file.bytes, as: UTF8.self) == """
        ---
        guest: 'Ann: a # guest'
        url: 'https://ann.example/'
        date: 2026-06-21T00:00:00Z
        reply-to: one
        stance: builds-on
        ---

        ---
        guest: Bo
        ---

        """)
  }

  @Test("gets a name that no other has, however many come at once")
  func names() async {
    let folder = SharedFolder()
    await withTaskGroup { group in
      for _ in 0..<200 {
        group.addTask {
          let file = ResponseFile.create(on: Self.date.day) { id in
            ResponseFile(post: "rope", id: id, signature: .author("a"), date: Self.date)
          } by: { file in
            folder.create(file.path)
          }
          #expect(Slug.isResponseId(file.id))
          #expect(file.id.hasPrefix("20260621-"))
        }
      }
    }
    #expect(folder.count == 200)
  }

  /// A folder in which another process takes every other name a moment earlier.
  private final class SharedFolder: Sendable {
    private let names = Mutex<Set<String>>([])
    private let attempts = Atomic(0)

    func create(_ name: String) -> Bool {
      let attempt = attempts.wrappingAdd(1, ordering: .relaxed).newValue
      return !attempt.isMultiple(of: 2) && names.withLock { $0.insert(name).inserted }
    }

    var count: Int { names.withLock { $0.count } }
  }

  /// Pieces of text that people type, and that break parsers of YAML, markdown, paths and git.
  private static let pieces = [
    "Ann", "é", "ثريا", " ", "  ", "\n", "\r\n", "\r", "\t", "---", "---\n", "\n---\n", "...", ": ",
    "#", " #",
    "'", "\"", "\\", "|", ">", "-", "- ", "? ", "&a", "*a", "!!str", "%YAML 1.1", "{", "}", "[",
    "]", ",", "`",
    "```", "~~~", "@", "\u{0}", "\u{7}", "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}",
    "\u{2029}",
    "\u{202E}", "\u{2066}", "\u{200B}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}", "\u{1FFFE}",
    "\u{10FFFF}", "\u{E000}",
    "e\u{301}", "null", "true", "2026-01-01", "0x1F", "1e3", "~", "<<<<<<< a\n", "=======\n",
    ">>>>>>> b\n",
    "<script>", "</textarea>", "../", "/etc/passwd", "reply-to: one", "\nguest: Bo\n",
    "\nauthor: jun\n",
    "https://a.example/", "&#0;", "$(id)", "`id`", "🧵", "a\nb", "    code",
  ]

  private static func text(_ numbers: inout RandomNumbers, atMost count: Int) -> String {
    (0..<numbers.next(count)).map { _ in
      numbers.next(8) == 0
        ? String(Character(numbers.scalar())) : numbers.element(of: pieces)
    }.joined()
  }

  @Test(
    "is read back by a build word for word, whatever was typed", arguments: [1, 2, 3] as [UInt64])
  func readBack(seed: UInt64) async throws {
    var numbers = RandomNumbers(seed: seed)
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "stoa-intake-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "content/responses/rope"), withIntermediateDirectories: true)
    try Data("title: Rope\nhistory: none\n".utf8).write(to: folder.appending(path: "stoa.yml"))
    let target = ReplyTarget(post: "rope", isOpen: true, responses: ["one"])
    var replies: [String: CheckedReply] = [:]
    var refused = 0
    for number in 0..<300 {
      var submission = Submission()
      submission.post = "rope"
      submission.replyTo = numbers.next(2) == 0 ? "" : "one"
      submission.name = Self.text(&numbers, atMost: 8)
      submission.website =
        numbers.next(3) > 0 ? "" : "https://a.example/" + Self.text(&numbers, atMost: 4)
      submission.stance = numbers.next(3) == 0 ? "differs" : ""
      submission.text = Self.text(&numbers, atMost: 30)
      guard
        case .accepted(let reply) = await submission.checked(
          answering: target, canShow: { _ in true })
      else {
        refused += 1
        continue
      }
      let file = reply.file(id: "r\(number)", date: Self.date)
      #expect(file.bytes.count <= 1 << 16)
      try Data(file.bytes).write(to: folder.appending(path: file.path))
      replies[file.id] = reply
    }
    #expect(replies.count > 100 && refused > 10)

    let sources = try await load(from: folder.path, options: LoadOptions(jobs: 1))
    #expect(sources.unread.map(\.file) == [])
    #expect(sources.responses.count == replies.count)
    for response in sources.responses {
      let reply = try #require(replies[response.item.id])
      #expect(response.diagnostics.map(\.message) == [])
      guard case .guest(let name, let website) = reply.signature,
        case .guest(let readName, let readWebsite)? = response.item.voice
      else {
        Issue.record("no guest")
        continue
      }
      #expect(Array(readName.utf8) == Array(name.utf8))
      #expect((readWebsite ?? "") == website)
      #expect(response.item.replyTo?.value == reply.replyTo)
      #expect(response.item.stance == reply.stance)
      #expect(response.item.date?.seconds == Self.date.seconds)
      #expect(try response.text.bytes.load() == Array("\n\(reply.text)\n".utf8))
      #expect(TypedText.markdown(from: reply.text) == reply.text)
    }
  }
}
