import StoaAddresses
import StoaHTML
import StoaModel

/// The addresses for search engines, in as many files as the protocol requires.
///
/// https://www.sitemaps.org/protocol.html
struct Sitemap: Hashable {
  /// The maximum number of addresses in one file.
  static let maximumSize = 50_000

  /// Absolute URLs, in order; there is always at least one part.
  let parts: [ArraySlice<String>]

  /// - Parameters:
  ///   - locations: absolute URLs, in any order.
  ///   - size: the maximum number of URLs in one part.
  init(_ locations: [String], size: Int = Sitemap.maximumSize) {
    let locations = locations.sorted { $0.precedes($1) }
    parts = stride(from: 0, to: max(locations.count, 1), by: size).map {
      locations[$0..<min(locations.count, $0 + size)]
    }
  }

  func write(part: Int, into buffer: inout ByteBuffer) {
    Self.write("urlset", "url", parts[part], into: &buffer)
  }

  /// Writes the index file that lists the parts.
  static func write(indexOf addresses: [String], into buffer: inout ByteBuffer) {
    write("sitemapindex", "sitemap", addresses[...], into: &buffer)
  }

  private static func write(
    _ root: String, _ element: String, _ locations: ArraySlice<String>,
    into buffer: inout ByteBuffer
  ) {
    buffer.write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
    buffer.write("<\(root) xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
    for location in locations {
      buffer.write("<\(element)><loc>")
      buffer.writeXML(location)
      buffer.write("</loc></\(element)>\n")
    }
    buffer.write("</\(root)>\n")
  }
}

/// The sitemap of a site whose pages fit into one file.
struct WholeSitemap: Rendering {
  let addresses: [SiteAddress]

  func write(_ context: RenderContext, into buffer: inout ByteBuffer) {
    Sitemap(addresses.map { context.view.site.absolute($0) }).write(part: 0, into: &buffer)
  }
}

/// One file of a sitemap with several.
struct SitemapPart: Rendering {
  let sitemap: Sitemap
  let part: Int

  func write(_ context: RenderContext, into buffer: inout ByteBuffer) {
    sitemap.write(part: part, into: &buffer)
  }
}
