import Foundation
import StoaIntake
import StoaModel
import Testing

@Suite("An issue") struct IssueEventTests {
  private static func event(_ name: String) throws -> IssueEvent {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try IssueEvent(Array(Data(contentsOf: folder.appending(path: "events/\(name).json"))))
  }

  private static func submission(_ name: String) throws -> Submission {
    try #require(Submission(try event(name), page: "https://gitlab.example/cy"))
  }

  @Test("is read from the events of each forge")
  func events() throws {
    let github = try Self.event("github")
    #expect(github.number == 12 && github.isNew)
    #expect(
      github.account == .init(name: "Ada-L", fullName: "", page: "https://github.com/Ada-L"))
    #expect(github.created == "2026-06-20T09:10:11Z")
    let forgejo = try Self.event("forgejo")
    #expect(forgejo.number == 7 && forgejo.isNew)
    #expect(
      forgejo.account
        == .init(name: "bo", fullName: "Bo Nørgaard", page: "https://forge.example/bo"))
    let gitlab = try Self.event("gitlab")
    #expect(gitlab.number == 23 && gitlab.isNew)
    #expect(gitlab.account == .init(name: "cy", fullName: "Cy Okafor", page: ""))
    #expect(gitlab.created == "2026-06-20 09:10:11Z")
    let interface = try Self.event("gitlab-interface")
    #expect(interface.number == 24 && interface.isNew)
    #expect(interface.account.page == "https://gitlab.example/cy")
  }

  @Test("is a reply to what its marker names, in the words below it")
  func submissions() throws {
    let github = try Self.submission("github")
    #expect(github.post == "rope" && github.replyTo == "one")
    #expect(github.name == "Ada-L" && github.website == "https://github.com/Ada-L")
    #expect(
      TypedText.markdown(from: github.text) == """
        Three knots held:  \nbowline  \nsheet bend 🧵

        ### And a heading of mine

        `$(touch pwned)` "quoted" \\ and `back`
        """)
    let forgejo = try Self.submission("forgejo")
    #expect(forgejo.post == "rope" && forgejo.replyTo == "" && forgejo.name == "Bo Nørgaard")
    #expect(TypedText.markdown(from: forgejo.text) == "It slips when it is wet.")
    let gitlab = try Self.submission("gitlab")
    #expect(gitlab.replyTo == "one" && gitlab.website == "https://gitlab.example/cy")
    #expect(
      TypedText.markdown(from: gitlab.text) == "### Mine\n\nOn a ship we whip the end first.")
  }

  private func issue(_ body: String, more: String = "") throws -> IssueEvent {
    let escaped = body.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
      .replacing("\"", with: "\\\"")
    let json =
      "{\"action\": \"opened\", \"issue\": {\"number\": 1, \"user\": {\"login\": \"a\"}, \"body\": \"\(escaped)\"\(more)}}"
    return try IssueEvent(Array(json.utf8))
  }

  @Test(
    "is none without a line that is the marker",
    arguments: [
      "", "Hello", "see stoa-reply: rope", "`stoa-reply: rope`", "<!-- x stoa-reply: rope -->",
    ])
  func others(_ body: String) throws {
    #expect(Submission(try issue(body), page: "") == nil)
  }

  @Test(
    "gives its marker to the rules as it is",
    arguments: [
      ("stoa-reply: ../../x", "../../x", ""), ("stoa-reply:rope#response-one\r", "rope", "one"),
      ("stoa-reply: rope#../one", "rope", "../one"), ("stoa-reply:", "", ""),
      ("a\n\n  <!--stoa-reply: rope-->  \nb", "rope", ""),
      ("stoa-reply: rope\nstoa-reply: other", "rope", ""),
    ])
  func markers(_ body: String, _ post: String, _ replyTo: String) throws {
    let submission = try #require(Submission(try issue(body), page: ""))
    #expect(submission.post == post && submission.replyTo == replyTo)
  }

  @Test(
    "may have a stance behind its marker",
    arguments: [
      ("stoa-reply: rope differs", "rope", "", "differs"),
      ("<!-- stoa-reply: rope#response-one  builds-on -->", "rope", "one", "builds-on"),
      ("stoa-reply: rope#response-one nonsense here", "rope", "one", "nonsense here"),
      ("stoa-reply: rope ", "rope", "", ""),
    ])
  func stances(_ body: String, _ post: String, _ replyTo: String, _ stance: String) throws {
    let submission = try #require(Submission(try issue(body), page: ""))
    #expect(
      submission.post == post && submission.replyTo == replyTo && submission.stance == stance)
  }

  @Test("says nothing where GitHub writes that there is no response")
  func empty() throws {
    let body = "### Conversation\n\nstoa-reply: rope\n\n### Your response\n\n_No response_"
    #expect(try #require(Submission(try issue(body), page: "")).text == "")
  }

  @Test(
    "is refused where the file tells of none",
    arguments: [
      "", "[]", "{", "null", "{}", "{\"issue\": 1}", "{\"issue\": {\"number\": \"x\"}}",
      "{\"action\": \"opened\", \"issue\": {\"number\": 1}}",
      "{\"object_kind\": \"issue\"}", "{\"issue\": {\"number\": 1, \"user\": {\"login\": \"\"}}}",
      "{\"issue\": {\"number\": 1, \"user\": {\"login\": \"a\"}, \"pull_request\": {\"url\": \"\"}}}",
      "{\"issue\": {\"number\": 99999999999999999999, \"user\": {\"login\": \"a\"}}}",
    ])
  func malformed(_ json: String) {
    #expect(throws: IssueEvent.Problem.self) { try IssueEvent(Array(json.utf8)) }
  }

  @Test("is not new when it was edited, or when somebody else did something with it")
  func old() throws {
    let edited =
      "{\"action\": \"edited\", \"issue\": {\"number\": 1, \"user\": {\"login\": \"a\"}}}"
    #expect(try !IssueEvent(Array(edited.utf8)).isNew)
    let another =
      "{\"object_kind\": \"issue\", \"user\": {\"id\": 2, \"username\": \"b\"}, \"object_attributes\": {\"iid\": 1, \"author_id\": 1, \"action\": \"open\"}}"
    #expect(try !IssueEvent(Array(another.utf8)).isNew)
  }

  @Test("is signed by the contributor whose file names the account, if only one does")
  func accounts() throws {
    let contributor = { (handle: String, accounts: [String]) in
      var contributor = Contributor(handle: handle, file: "")
      contributor.accounts = accounts.compactMap { Contributor.Account($0) }.map {
        Located($0, at: SourceLocation(file: ""))
      }
      return contributor
    }
    let people = [
      contributor("ada", ["github:ada-l", "forgejo:ada"]), contributor("bo", ["gitlab:ada-l"]),
      contributor("cy", ["github:both"]), contributor("di", ["github:Both"]),
    ]
    let handle = { Contributor.handle(of: $0, on: $1, among: people) }
    #expect(handle("Ada-L", .github) == "ada")
    #expect(handle("Ada-L", .gitlab) == "bo")
    #expect(handle("ada-l", .forgejo) == nil)
    #expect(handle("both", .github) == nil)
    for wrong in [
      "ada", "github:", ":ada", "sourcehut:ada", "github:a b", "github:a/b", "Github:a",
    ] {
      #expect(Contributor.Account(wrong) == nil)
    }
  }
}
