import StoaHTML
import StoaTemplates
import Testing

@testable import StoaRender

/// The records that models give to templates.
@Suite struct ShapeTests {
  struct Conversation: Shaped {
    let title: String
    var replies: [Conversation] = []

    static let shape = Shape<Self>(
      "conversation",
      [
        .text("title", "its title") { $0.title },
        .flaggedList("replies", of: Conversation.self, "what answers it") {
          $0.replies.map { Part($0) }
        },
        .flaggedList("others", of: Conversation.self, "the same", flag: "isAnswered") {
          $0.replies.map { Part($0) }
        },
      ])
  }

  private func render(_ text: String, _ record: Record) throws -> String {
    var buffer = ByteBuffer()
    let template = try Template(Array(text.utf8), file: "test.mustache")
    try Theme(["test": template]).render("test", record, into: &buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  @Test func declareEachFieldOnceWithTheFlagsOfLists() {
    #expect(
      Conversation.shape.table.fields.map(\.name) == [
        "title", "replies", "hasReplies", "others", "isAnswered",
      ])
  }

  @Test func holdRecordsOfTheirOwnKind() throws {
    let thread = Conversation(title: "a", replies: [Conversation(title: "b")])
    let text =
      "{{title}}{{#hasReplies}}:{{#replies}}{{title}}{{^hasReplies}}.{{/hasReplies}}{{/replies}}{{/hasReplies}}"
    #expect(try render(text, Part(thread).record) == "a:b.")
    #expect(try render("{{#isAnswered}}yes{{/isAnswered}}", Part(thread).record) == "yes")
  }
}
