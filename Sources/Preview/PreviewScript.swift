internal import StoaCheck
internal import StoaHTML

/// The script that reloads a page when its site has another edition, and shows what keeps a site from being built.
internal enum PreviewScript {
  /// Where the script is, an address that no file of a site can have.
  internal static let path = "/.stoa-preview/script.js"
  /// Where the script listens.
  internal static let eventsPath = "/.stoa-preview/events"

  /// The only thing that a preview adds to a page.
  internal static func element(edition: String) -> String {
    "<script src=\"\(path)\" data-edition=\"\(edition)\"></script>"
  }

  internal static var bytes: [UInt8] { PackageResources.preview_js }

  /// Puts the element before the end of a page's body, or at the end of a page that does not say where its body ends.
  internal static func add(to page: [UInt8], edition: String) -> [UInt8] {
    let end = Array("</body>".utf8)
    var position = page.count
    for start in stride(from: page.count - end.count, through: 0, by: -1)
    where page[start] == end[0] && page[start..<(start + end.count)].elementsEqual(end) {
      position = start
      break
    }
    return page[..<position] + Array(element(edition: edition).utf8) + page[position...]
  }

  /// What the script is told of an edition, as one line of JSON.
  internal static func message(_ edition: Edition) -> String {
    var buffer = ByteBuffer()
    buffer.write("{\"edition\":")
    buffer.writeJSON(edition.name)
    buffer.write(",\"problems\":[")
    for (index, problem) in edition.problems.enumerated() {
      if index > 0 { buffer.write(",") }
      write(problem, into: &buffer)
    }
    buffer.write("]}")
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  private static func write(_ problem: Problem, into buffer: inout ByteBuffer) {
    buffer.write("{\"place\":")
    buffer.writeJSON(problem.place)
    buffer.write(",\"code\":")
    buffer.writeJSON(problem.code)
    buffer.write(",\"message\":")
    buffer.writeJSON(problem.message)
    if let excerpt = problem.excerpt {
      buffer.write(",\"line\":\(excerpt.line),\"text\":")
      buffer.writeJSON(excerpt.text)
      buffer.write(",\"indentation\":")
      buffer.writeJSON(excerpt.indentation)
    }
    buffer.write("}")
  }
}
