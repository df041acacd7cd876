import StoaIntake
import StoaModel
import Testing

@Suite("A reply in the spool") struct SpooledReplyTests {
  private let reply = SpooledReply(
    key: "0123", received: 1_782_000_000,
    file: ResponseFile(
      post: "slack-rope", id: "20260621-0123456789",
      signature: .guest(name: "Ann", website: ""),
      date: Timestamp(seconds: 1_782_000_000, offset: 0, isDay: false), text: "a\n\npost x\n\nb"),
    reasons: ["links", "fast"])

  @Test("is read back as it was written")
  func readBack() {
    #expect(SpooledReply(key: "0123", reply.bytes) == reply)
  }

  @Test("is none when any byte of it is another, or any part is missing")
  func damage() {
    for index in reply.bytes.indices {
      #expect(SpooledReply(key: "0123", Array(reply.bytes[..<index])) == nil)
    }
    let start = reply.bytes.count - reply.file.bytes.count
    for index in start..<reply.bytes.count {
      var bytes = reply.bytes
      bytes[index] ^= 1
      #expect(SpooledReply(key: "0123", bytes) == nil)
    }
  }

  @Test("has one key for a form that is sent twice, and another for every other")
  func keys() {
    var submission = Submission()
    submission.name = "ab"
    submission.website = "c"
    let secret = [UInt8](repeating: 7, count: 32)
    func key(_ token: String, _ submission: Submission) -> String {
      SpooledReply.key(token: token, submission: submission, secret: secret)
    }
    let first = key("t", submission)
    #expect(first == key("t", submission))
    #expect(first != key("u", submission))
    submission.name = "a"
    submission.website = "bc"
    #expect(first != key("t", submission))
    #expect(
      first
        != SpooledReply.key(
          token: "t", submission: submission, secret: [UInt8](repeating: 8, count: 32)),
      "nobody else can tell which texts have one id")
  }
}
