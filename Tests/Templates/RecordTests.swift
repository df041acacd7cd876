import StoaHTML
import Testing

@testable import StoaTemplates

/// Records with undeclared names.
@Suite struct RecordTests {
  private func render(_ text: String, _ record: Record) throws -> String {
    var buffer = ByteBuffer()
    let template = try Template(Array(text.utf8), file: "test.mustache")
    try Theme(["test": template]).render("test", record, into: &buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  @Test func findFreeNamesTheLastOfEach() throws {
    let record = Record(free: [
      ("free-b", .text("1")), ("free-a", .text("2")), ("free-b", .text("3")),
    ])
    #expect(try render("{{free-a}}{{free-b}}{{free-c}}{{title}}", record) == "23")
  }

  /// The time for a community of many posts, each with its own key, must not grow with the square of their number.
  @Test func takeNoMoreThanTheirOwnNames() {
    for number in 0..<5_000 { _ = Name("x-number-\(number)") }
    let record = Record(free: [("x-number-4999", .nothing), ("x-number-0", .nothing)])
    #expect(record.table.size == 2)
  }
}
