import Synchronization
import Testing

@testable import StoaCommandLine

@Suite("The line of progress") struct ProgressLineTests {
  /// The output of a progress line, in order.
  private final class Screen: Sendable {
    private let texts = Mutex<[String]>([])
    var written: [String] { texts.withLock { $0 } }
    func write(_ text: String) { texts.withLock { $0.append(text) } }
  }

  @Test("says nothing of a build that is over before it is shown") func shortBuild() {
    let screen = Screen()
    let line = ProgressLine { screen.write($0) }
    line.begin("Load")
    line.end()
    line.show()
    #expect(screen.written == [])
  }

  @Test("names the stage it is shown in and those that follow, and goes away") func longBuild() {
    let screen = Screen()
    let line = ProgressLine { screen.write($0) }
    line.begin("Load")
    line.begin("Parse")
    line.show()
    line.begin("Link")
    line.end()
    let clear = "\r\u{1B}[K"
    #expect(screen.written == ["\(clear)Parse …", "\(clear)Link …", clear])
  }
}
