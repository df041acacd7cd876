import StoaIntake
import StoaModel
import Testing

@Suite("A submission") struct SubmissionTests {
  private let target = ReplyTarget(post: "rope", isOpen: true, responses: ["one"])

  private func submission(
    post: String = "rope", replyTo: String = "", name: String = "Ann", website: String = "",
    stance: String = "", text: String = "Well."
  ) -> Submission {
    var submission = Submission()
    submission.post = post
    submission.replyTo = replyTo
    submission.name = name
    submission.website = website
    submission.stance = stance
    submission.text = text
    return submission
  }

  private func problems(
    _ submission: Submission, author: String? = nil
  ) async -> [Submission.Problem] {
    switch await submission.checked(author: author, answering: target, canShow: { _ in true }) {
    case .accepted: []
    case .refused(let problems): problems
    }
  }

  @Test("becomes a reply with all that was given")
  func whole() async throws {
    let whole = submission(
      replyTo: "one", name: "  Zoë\n O'Neill ", website: " https://zoe.example/?a=1&b=2 ",
      stance: "asks", text: "\r\n\r\nWhy?\r\n\r\nAnd how?  \r\n")
    guard case .accepted(let reply) = await whole.checked(answering: target, canShow: { _ in true })
    else {
      Issue.record("refused: \(await problems(whole))")
      return
    }
    #expect(reply.signature == .guest(name: "Zoë O'Neill", website: "https://zoe.example/?a=1&b=2"))
    #expect(reply.replyTo == "one")
    #expect(reply.stance == .asks)
    #expect(reply.text == "Why?\n\nAnd how?")
  }

  @Test("is signed by the contributor whom a door has proven, whatever name it gives")
  func author() async {
    guard
      case .accepted(let reply) = await submission(name: "").checked(
        author: "jun", answering: target, canShow: { _ in true })
    else {
      Issue.record("refused")
      return
    }
    #expect(reply.signature == .author("jun"))
  }

  @Test("says what is wrong, at each field")
  func everything() async {
    let wrong = submission(
      replyTo: "two", name: " \u{200B} ", website: "javascript:alert(1)", stance: "shouts",
      text: " \n\t\n")
    #expect(
      await problems(wrong) == [
        .init(.replyTo, .unknownResponse), .init(.name, .nameMissing),
        .init(.website, .websiteInvalid), .init(.stance, .stanceUnknown),
        .init(.text, .textMissing),
      ])
  }

  @Test(
    "names a post of the community and nothing else",
    arguments: [
      "", ".", "..", "../rope", "rope/", "rope/../../x", "/etc/passwd", "rope\u{0}", "ROPE",
      "rope\n", "%72ope", "rope ",
    ])
  func posts(_ post: String) async {
    #expect(await problems(submission(post: post)) == [.init(.post, .unknownPost)])
  }

  @Test(
    "names a response of the conversation and nothing else",
    arguments: ["two", "../one", "one/../one", "one.md", "one\n", "one\u{0}", "ONE", " one"])
  func responses(_ id: String) async {
    #expect(await problems(submission(replyTo: id)) == [.init(.replyTo, .unknownResponse)])
  }

  @Test("is refused where there is no conversation, and where it is closed")
  func closed() async {
    let closed = ReplyTarget(post: "rope", isOpen: false, responses: [])
    for (target, reason) in [(nil, .unknownPost), (closed, .closed)]
      as [(ReplyTarget?, Submission.Problem.Reason)]
    {
      guard
        case .refused(let problems) = await submission().checked(
          answering: target, canShow: { _ in true })
      else {
        Issue.record("accepted")
        continue
      }
      #expect(problems == [.init(.post, reason)])
    }
  }

  @Test(
    "gives a name that may be published",
    arguments: [
      ("", .nameMissing), ("your  name", .nameMissing), ("\u{0}\u{7}", .nameMissing),
      (String(repeating: "a", count: 1 << 20), .nameTooLong),
      (String(repeating: "é", count: 251), .nameTooLong),
      ("a" + String(repeating: "\u{301}", count: 101), .tooManyMarks),
      ("Ann <ann@rope.example>", .personalAddress),
      ("d41d8cd98f00b204e9800998ecf8427e", .personalAddress),
    ] as [(String, Submission.Problem.Reason)])
  func names(_ name: String, _ reason: Submission.Problem.Reason) async {
    #expect(await problems(submission(name: name)) == [.init(.name, reason)])
  }

  @Test(
    "gives a website that may be linked",
    arguments: [
      ("ftp://a.example", .websiteInvalid), ("//a.example", .websiteInvalid),
      ("https://a b.example", .websiteInvalid), ("https://", .websiteInvalid),
      ("https://a.example/" + String(repeating: "a", count: 2_000), .websiteInvalid),
      ("https://ann@rope.example/", .personalAddress),
    ] as [(String, Submission.Problem.Reason)])
  func websites(_ website: String, _ reason: Submission.Problem.Reason) async {
    #expect(await problems(submission(website: website)) == [.init(.website, reason)])
  }

  @Test(
    "has a text that a build takes",
    arguments: [
      (String(repeating: "a", count: 60_001), .textTooLong),
      ("a" + String(repeating: "\u{301}", count: 101), .tooManyMarks),
      ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n", .conflictMarker),
    ] as [(String, Submission.Problem.Reason)])
  func texts(_ text: String, _ reason: Submission.Problem.Reason) async {
    #expect(await problems(submission(text: text)) == [.init(.text, reason)])
  }

  @Test("is refused at its text if no build could show it, with everything else that is wrong")
  func complex() async {
    var asked: [String] = []
    let outcome = await submission(name: "", text: "  Deep.\n").checked(answering: target) {
      asked.append($0)
      return false
    }
    guard case .refused(let problems) = outcome else {
      Issue.record("accepted")
      return
    }
    #expect(problems == [.init(.name, .nameMissing), .init(.text, .tooComplex)])
    #expect(asked == ["  Deep."])
  }

  @Test("is not parsed for a conversation that takes none, nor without a text")
  func cheap() async {
    for wrong in [submission(post: "other"), submission(text: " ")] {
      _ = await wrong.checked(answering: target) { text in
        Issue.record("parsed: \(text)")
        return true
      }
    }
  }

  @Test("is read from the fields of a form, encoded in any way a browser does")
  func fields() throws {
    let body =
      "post=rope&name=Zo%C3%AB+O%27Neill&text=50+%25+%3D+a%26b%0D%0A%ff&unknown=1&=&reply-to"
    let submission = Submission(try #require(FormField.decode(body.utf8)))
    #expect(submission.post == "rope")
    #expect(submission.name == "Zoë O'Neill")
    #expect(submission.text == "50 % = a&b\r\n\u{FFFD}")
    #expect(submission.replyTo == "")
    #expect(FormField.decode(String(repeating: "a=b&", count: 65).utf8) == nil)
    #expect(FormField.decode("%".utf8) == [FormField("%", "")])
    #expect(FormField.decode("a=%4&b=%zz".utf8) == [FormField("a", "%4"), FormField("b", "%zz")])
  }
}
