import StoaIntake
import StoaModel
import Testing

@Suite("Somebody who wants to be told of answers") struct SubscriptionTests {
  private static func subscription(
    _ id: String = "ab", _ address: String = "ann@rope.example", post: String = "rope",
    response: String = "mine"
  ) throws -> Subscription {
    let file = ResponseFile(
      post: post, id: response, signature: .guest(name: "Ann", website: ""),
      date: Timestamp(seconds: 1_000, offset: 0, isDay: false), text: "x")
    return Subscription(
      id: id, mailBox: try #require(MailBox(address)),
      reply: SpooledReply(key: "cd", received: 1_000, file: file))
  }

  @Test("is asked once, and forgotten when no answer comes")
  func asking() throws {
    var one = try Self.subscription()
    let step = { (now: Int64, reply: Subscription.Reply, asks: Int) in
      one.step(at: now, reply: reply, recentAsks: asks, forgetAfter: 10_000_000)
    }
    #expect(step(1_000, .taken, 0) == .ask)
    #expect(step(1_000, .taken, Subscription.asksADay) == .nothing)
    #expect(step(1_000, .waiting, 0) == .nothing)
    #expect(step(1_000, .rejected, 0) == .forget)
    one.ask(at: 2_000)
    #expect(one.step(at: 2_001, reply: .taken, recentAsks: 1, forgetAfter: 10) == .nothing)
    #expect(
      one.step(at: 2_001 + Subscription.patience, reply: .taken, recentAsks: 1, forgetAfter: 10)
        == .forget)
    one.confirm(at: 3_000)
    #expect(one.step(at: 3_000 + 10, reply: .rejected, recentAsks: 1, forgetAfter: 10) == .nothing)
    #expect(one.step(at: 3_011, reply: .taken, recentAsks: 1, forgetAfter: 10) == .forget)
    // Repeating either has no effect.
    let confirmed = one
    one.ask(at: 5_000)
    one.confirm(at: 6_000)
    #expect(one == confirmed)
  }

  @Test(
    "gets one mail an hour about a conversation, with everything that came meanwhile, and nothing twice"
  )
  func batches() throws {
    var one = try Self.subscription("a1", response: "first")
    var two = try Self.subscription("a2", "ANN@rope.example", response: "second")
    var other = try Self.subscription("b1", "bo@rope.example", response: "first")
    for index in 0..<3 {
      if index == 0 { one.confirm(at: 0) }
      if index == 1 { two.confirm(at: 0) }
      if index == 2 { other.confirm(at: 0) }
    }
    let waiting = try Self.subscription("c1", "cy@rope.example", response: "first")
    let answers = { (subscription: Subscription) -> [String] in
      subscription.response == "first" ? ["x", "second"] : ["y"]
    }
    let due = AnswerNotice.due([one, two, other, waiting], at: 10_000, answers: answers)
    #expect(due.map(\.answers) == [["x", "y"], ["x", "second"]])
    #expect(due.map(\.mailBox.address) == ["ann@rope.example", "bo@rope.example"])
    one.tell(["x", "y"], at: 10_000)
    two.tell(["x", "y"], at: 10_000)
    other.tell(["x", "second"], at: 10_000)
    #expect(AnswerNotice.due([one, two, other], at: 20_000, answers: answers).isEmpty)
    let more = { (subscription: Subscription) -> [String] in answers(subscription) + ["z"] }
    #expect(
      AnswerNotice.due([one, two], at: 10_000 + Subscription.interval - 1, answers: more).isEmpty)
    #expect(
      AnswerNotice.due([one, two], at: 10_000 + Subscription.interval, answers: more).map(\.answers)
        == [["z"]])
  }

  @Test("is read back as it was written, and not when anything is another")
  func bytes() throws {
    var one = try Self.subscription()
    #expect(Subscription(one.bytes) == one)
    one.confirm(at: 5)
    one.tell(["x", "y"], at: 6)
    #expect(Subscription(one.bytes) == one)
    for count in one.bytes.indices { #expect(Subscription(Array(one.bytes[..<count])) == nil) }
  }
}

@Suite("A mail address") struct MailBoxTests {
  @Test(arguments: ["a@b.example", "first.last+tag@sub.b-c.example", "O'Neil@b.example"])
  func isTaken(_ text: String) { #expect(MailBox(text)?.address == text) }

  @Test(arguments: [
    "", "a", "a@", "@b.example", "a@b", "a@@b.example", "a b@c.example",
    "a@b.example\nBcc: c@d.example",
    "a@b.example, c@d.example", "<a@b.example", "-a@b.example", "a@-b.example", "a..b@c.example",
    "a@b..example",
    "a@b.example>", "\"a\"@b.example", "a(c)@b.example", "ä@b.example", "a@b.example\u{0}c",
  ])
  func isRefused(_ text: String) {
    // A line end becomes a space, which is invalid in an address.
    #expect(
      MailBox(text)?.address != text && MailBox(text).map { !$0.address.contains(" ") } ?? true)
    #expect(MailBox(text) == nil || text.contains("\u{0}"))
  }

  @Test func hasAName() throws {
    let box = try #require(MailBox("Ada  Lindqvist <ada@rope.example>"))
    #expect(box.name == "Ada Lindqvist" && box.address == "ada@rope.example")
  }
}

@Suite("A mail") struct MailMessageTests {
  private func message(_ name: String, _ subject: String) throws -> String {
    let box = try #require(MailBox("\(name) <ada@rope.example>"))
    var message = MailMessage(
      from: box, to: try #require(MailBox("bo@rope.example")), subject: subject,
      text: "Zoë\n.\nFrom x\n")
    message.html = "<p>Zoë"
    message.unsubscribe = "https://r.example/n?x=1"
    return String(decoding: message.bytes(at: 1_782_000_000, id: "1.a"), as: UTF8.self)
  }

  @Test(
    "has a head of one line a field, whatever a name or a title holds",
    arguments: [
      "A\nBcc: evil@x.example", "Zoë", "a\r\n\r\nbody", "\u{202E}abc",
      String(repeating: "Zoë ", count: 60), "=?utf-8?q?x?=", "a,b;c:d",
    ])
  func head(_ text: String) throws {
    let lines = try message(String(text.prefix(60)), text).split(
      separator: "\n", omittingEmptySubsequences: false)
    let head = lines.prefix { !$0.isEmpty }
    let names = head.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
    #expect(
      names == [
        "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Auto-Submitted",
        "List-Unsubscribe",
        "List-Unsubscribe-Post", "Content-Type",
      ])
    #expect(head.allSatisfy { $0.utf8.allSatisfy { $0 < 0x7F } && $0.utf8.count < 200 })
    #expect(head.contains("Date: Sun, 21 Jun 2026 00:00:00 +0000"))
    #expect(head.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"))
  }
}
