import StoaCheck
import StoaHTML

/// The errors that prevent a build, shown over each page until they are fixed.
///
/// It is part of the page's HTML, so it needs no script. A shadow root separates its style from the theme's.
enum ProblemOverlay {
  /// The URL of its style sheet, which no file of a site can have.
  static let stylePath = "/.stoa-preview/problems.css"

  static var style: [UInt8] { EmbeddedFiles.problems_css }

  /// The element for a snapshot; empty when the site has no errors.
  static func element(for snapshot: SiteSnapshot) -> [UInt8] {
    guard snapshot.errorCount > 0 else { return [] }
    var buffer = ByteBuffer()
    buffer.write("<stoa-problems role=\"alert\"><template shadowrootmode=\"open\">")
    buffer.write("<link rel=\"stylesheet\" href=\"\(stylePath)\">\n<div>\n")
    let count = snapshot.errorCount
    buffer.write(
      "<h2>The site cannot be built: \(count) error\(count == 1 ? "" : "s")</h2>\n")
    for problem in snapshot.problems { write(problem, into: &buffer) }
    let others = count - snapshot.problems.count
    if others > 0 { buffer.write("<p>And \(others) more.</p>\n") }
    buffer.write("</div>\n</template></stoa-problems>\n")
    return buffer.bytes
  }

  private static func write(_ problem: Problem, into buffer: inout ByteBuffer) {
    buffer.write("<p>")
    if !problem.place.isEmpty {
      buffer.write("<b>")
      buffer.writeEscaped(problem.place)
      buffer.write("</b> ")
    }
    buffer.writeEscaped(problem.message)
    if !problem.code.isEmpty { buffer.write(" <code>[\(problem.code)]</code>") }
    buffer.write("</p>\n")
    guard let excerpt = problem.excerpt else { return }
    let gutter = "\(excerpt.line) | "
    buffer.write("<pre>\(gutter)")
    buffer.writeEscaped(excerpt.text)
    buffer.write("\n\(String(repeating: " ", count: gutter.count))\(excerpt.indentation)^</pre>\n")
  }
}
