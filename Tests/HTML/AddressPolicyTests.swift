import StoaHTML
import Testing

@Suite("The address policy") struct AddressPolicyTests {
  @Test(
    "lets addresses lead out in one form",
    arguments: [
      ("https://example.com", "https://example.com"),
      (
        "HTTP://Example.COM:8080/A b?c=\"d\"#<e>", "http://example.com:8080/A%20b?c=%22d%22#%3Ce%3E"
      ),
      (" https://example.com/ ", "https://example.com/"),
      ("https://example.com/é%C3%A9%zz\\", "https://example.com/%C3%A9%C3%A9%25zz%5C"),
      ("https://bücher.example/", "https://bücher.example/"),
      ("https://[2001:db8::1]:443/", "https://[2001:db8::1]:443/"),
      ("https://social.example/@anna", "https://social.example/@anna"),
      ("mailto:a@b.example?subject=x y", "mailto:a@b.example?subject=x%20y"),
      ("MAILTO:a@b.example?body=x%0D%0Ay", "mailto:a@b.example?body=x%0D%0Ay"),
      ("https://example.com/\u{202E}x", "https://example.com/%E2%80%AEx"),
      ("https://example.com/'", "https://example.com/%27"),
    ])
  func normalises(address: String, written: String) {
    #expect(AddressPolicy.normalized(address) == written)
    #expect(AddressPolicy.normalized(written) == written)
  }

  @Test(
    "knows what stays on the site",
    arguments: [
      ("", AddressPolicy.Verdict.relative), ("a.md", .relative), ("../a.md", .relative),
      ("/a:b", .relative), ("./a:b", .relative), ("?a:b", .relative),
      ("javascript%3Aalert(1)", .relative), ("é", .relative),
      ("#a", .fragment), ("#a:b\\", .fragment), ("#", .fragment),
    ])
  func relative(address: String, verdict: AddressPolicy.Verdict) {
    #expect(AddressPolicy.judge(address) == verdict)
    #expect(AddressPolicy.normalized(address) == nil)
  }

  @Test(
    "refuses everything else",
    arguments: [
      "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:x",
      "\u{1}javascript:x", " javascript:x", "javascript\u{0}:x", "javascript\t:x", "vbscript:x",
      "data:text/html,x", "blob:x", "file:///etc/passwd", "ftp://x", "intent:x", "ms-settings:x",
      "view-source:x", "about:blank", "tel:1", "x:y", ":", "a b:c", "1:2",
      "//example.com", "\\\\example.com", "/\\example.com", "\\/example.com", "a\\b", "///x",
      "http:", "http:x", "http:/x", "http://", "http:///x", "https:\\\\x", "http://\\x",
      "http://user@example.com", "http://user:pass@example.com", "https://a\\@b", "http://a b/",
      "http://a%2eb/", "http://a<b/", "http://.a/", "http://a:99999999/", "http://a:b/",
      "http://[x]/", "http://[::1", "http://exam\u{200B}ple.com/", "http://exam\u{202E}ple.com/",
      "http://example。com/", "http://ｅxample.com/", "http://a／b/", "https://a\u{7F}b",
      "mailto:", "mailto:x", "mailto:a@b%0Abcc:c@d", "mailto:a@b?subject=x%0d%0aBcc:y@z",
      "http://example.com/\u{7}", "https://example.com/\r\nx",
    ])
  func refuses(address: String) {
    #expect(AddressPolicy.judge(address) == .refused)
    #expect(AddressPolicy.normalized(address) == nil)
  }
}
