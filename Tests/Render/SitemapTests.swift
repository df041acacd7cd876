import StoaHTML
import Testing

@testable import StoaRender

@Suite struct SitemapTests {
  private func text(_ write: (inout ByteBuffer) -> Void) -> String {
    var buffer = ByteBuffer()
    write(&buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  @Test func isOneFileAsLongAsItFits() {
    let sitemap = Sitemap(["https://a.example/", "https://a.example/?a&b"], size: 2)
    #expect(sitemap.parts.count == 1)
    #expect(
      text { sitemap.write(part: 0, into: &$0) } == """
        <?xml version="1.0" encoding="utf-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <url><loc>https://a.example/</loc></url>
        <url><loc>https://a.example/?a&amp;b</loc></url>
        </urlset>

        """)
  }

  @Test func isCutWhereTheProtocolSaysAndLosesNothing() {
    let locations = (1...7).map { "https://a.example/\($0)" }
    let sitemap = Sitemap(locations, size: 3)
    #expect(sitemap.parts.map(\.count) == [3, 3, 1])
    #expect(Array(sitemap.parts.joined()) == locations)
    #expect(Sitemap(locations).parts.count == 1)
    #expect(
      Sitemap((0...50_000).map { "https://a.example/\($0)" }).parts.map(\.count) == [50_000, 1])
  }

  @Test func isInOrderOfTheAddressesBytes() {
    let sitemap = Sitemap(["https://a.example/b/", "https://a.example/", "https://a.example/B/"])
    #expect(
      Array(sitemap.parts.joined())
        == ["https://a.example/", "https://a.example/B/", "https://a.example/b/"])
  }

  @Test func hasAPartWhenThereIsNothing() {
    #expect(Sitemap([]).parts.map(\.count) == [0])
  }

  @Test func leadsToItsParts() {
    let index = text { Sitemap.write(indexOf: ["https://a.example/sitemap-1.xml"], into: &$0) }
    #expect(index.contains("<sitemap><loc>https://a.example/sitemap-1.xml</loc></sitemap>"))
    #expect(index.contains("<sitemapindex "))
  }
}
