import StoaAddresses
import Testing

@Suite("The URL of a site") struct SiteURLTests {
  @Test(
    "is taken without slashes at its end",
    arguments: [
      ("https://stoa.example", "https://stoa.example"),
      ("https://stoa.example//", "https://stoa.example"),
      ("http://127.0.0.1:8080/notes/", "http://127.0.0.1:8080/notes"),
      ("https://[::1]:8080", "https://[::1]:8080"),
      ("HTTPS://Stoa.example/~ada", "HTTPS://Stoa.example/~ada"),
      ("https://bücher.example/straße", "https://bücher.example/stra%C3%9Fe"),
      ("https://stoa.example/a%20b", "https://stoa.example/a%20b"),
    ])
  func accepted(_ text: String, _ url: String) throws {
    #expect(try SiteURL.read(text) == url)
  }

  @Test(
    "that cannot be used is explained, and what is suggested is accepted",
    arguments: [
      ("example.org", "https://example.org"), ("//example.org/a", "https://example.org/a"),
      ("example.org:80/a/", "https://example.org:80/a"), ("localhost:80", "https://localhost:80"),
      ("ftp://example.org", "https://example.org"), ("http:example.org", "http://example.org"),
      ("https:/example.org", "https://example.org"),
      ("https://example.org/a?q#f", "https://example.org/a"),
      ("https://example.org#f", "https://example.org"),
      ("https://ada:secret@example.org/", "https://example.org"),
      ("https://example.org\n/evil\n  X: y", "https://example.org"),
      (" https://example.org ", "https://example.org"),
      ("https://example.org/a b", "https://example.org/a"),
      ("https://example.org//elsewhere.example", "https://example.org/elsewhere.example"),
    ])
  func repaired(_ text: String, _ url: String) {
    do throws(SiteURL.Problem) {
      Issue.record("“\(text)” was read as \(try SiteURL.read(text))")
    } catch {
      #expect(error.suggestion == "write \(url)")
      #expect(throws: Never.self) { try SiteURL.read(url) }
    }
  }

  @Test(
    "of which nothing can be made gets an example",
    arguments: [
      "", "javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "https://", "https://?q",
      "https:///", "https://a\\b.example", "https://a.example:port", "https://-?.x", "word",
      "https://a.example/../b", "https://a.example/%2e%2E/b", "https://a.example/%0Ab",
      "https://\u{202E}a.example", "https://exa\u{0}mple", "\u{1}", "https://[::1",
    ])
  func hopeless(_ text: String) {
    do throws(SiteURL.Problem) {
      Issue.record("“\(text)” was read as \(try SiteURL.read(text))")
    } catch {
      #expect(!error.message.unicodeScalars.contains { $0.value < 0x20 })
      let suggested = String(error.suggestion.split(separator: " ").last ?? "")
      #expect(throws: Never.self) { try SiteURL.read(suggested) }
    }
  }
}
