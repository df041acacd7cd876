import Foundation
import StoaHTML
import StoaModel
import Testing

@testable import StoaTemplates

/// The Mustache specification's own suite, if the folder of third-party data exists.
@Suite struct SpecificationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let suite: String
    let name: String
    let template: String
    let data: Value
    let partials: [String: String]
    let expected: String

    var testDescription: String { "\(suite): \(name)" }
  }

  static let cases: [Case] = {
    let root = ProcessInfo.processInfo.environment["STOA_SHARED_DATA"]
    let folder =
      root.map { URL(fileURLWithPath: $0) }
      ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../shared/data")
    let suites = [
      "comments", "delimiters", "interpolation", "inverted", "partials", "sections", "~inheritance",
    ]
    return suites.flatMap { suite -> [Case] in
      let url = folder.appendingPathComponent("mustache/\(suite).json")
      guard let data = try? Data(contentsOf: url),
        let json = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
        let tests = json["tests"] as? [[String: Any]]
      else { return [] }
      return tests.map { test in
        Case(
          suite: suite, name: test["name"] as? String ?? "",
          template: test["template"] as? String ?? "",
          data: value(of: test["data"]), partials: test["partials"] as? [String: String] ?? [:],
          expected: test["expected"] as? String ?? "")
      }
    }
  }()

  static func value(of json: Any?) -> Value {
    switch json {
    case let number as NSNumber where isBoolean(number): .flag(number.boolValue)
    case let number as NSNumber: .text(number.stringValue)
    case let text as String: .text(text)
    case let list as [Any]: .list(list.map { value(of: $0) })
    case let object as [String: Any]:
      .record(Record(free: object.sorted { $0.key < $1.key }.map { ($0.key, value(of: $0.value)) }))
    default: .nothing
    }
  }

  static func isBoolean(_ number: NSNumber) -> Bool {
    String(cString: number.objCType) == "c"
  }

  @Test(.enabled(if: !cases.isEmpty, "the folder of real data is not there"), arguments: cases)
  func rendersAsSpecified(_ test: Case) throws {
    var templates = ["": try Template(Array(test.template.utf8), file: "test.mustache")]
    for (name, text) in test.partials {
      templates[name] = try Template(Array(text.utf8), file: "\(name).mustache")
    }
    let record: Record
    if case .record(let given) = test.data {
      record = given
    } else {
      record = Record(free: [])
    }
    var buffer = ByteBuffer()
    if case .record = test.data {
      try Theme(templates).render("", record, into: &buffer)
    } else {
      var renderer = Renderer(theme: Theme(templates), context: test.data)
      let template = try #require(templates[""])
      try renderer.render(template.program, into: &buffer)
    }
    #expect(String(decoding: buffer.bytes, as: UTF8.self) == test.expected)
  }

  @Test(.enabled(if: !cases.isEmpty, "the folder of real data is not there"))
  func theWholeSuiteIsThere() {
    #expect(Self.cases.count > 150)
  }
}
