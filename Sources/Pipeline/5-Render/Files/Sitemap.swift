import StoaAddresses
import StoaHTML
import StoaModel

/// The addresses for search engines, in as many files as the protocol requires.
///
/// https://www.sitemaps.org/protocol.html
struct Sitemap: Hashable {
  /// How many addresses one file may hold.
  static let maximumSize = 50_000

  /// Whole addresses, in order; there is always one part.
  let parts: [ArraySlice<String>]

  /// - Parameters:
  ///   - locations: whole addresses, in any order.
  ///   - size: how many addresses are in one part.
  init(_ locations: [String], size: Int = Sitemap.maximumSize) {
    let locations = locations.sorted { $0.precedes($1) }
    parts = stride(from: 0, to: max(locations.count, 1), by: size).map {
      locations[$0..<min(locations.count, $0 + size)]
    }
  }

  func write(part: Int, into buffer: inout ByteBuffer) {
    Self.write("urlset", "url", parts[part], into: &buffer)
  }

  /// Writes the file that leads to the parts.
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

/// The sitemap of a site whose pages are in one file.
struct WholeSitemap: Rendering {
  let addresses: [SiteAddress]

  func write(_ context: RenderContext, into buffer: inout ByteBuffer) {
    Sitemap(addresses.map { context.view.site.absolute($0) }).write(part: 0, into: &buffer)
  }
}

/// One of the files of a sitemap that has more.
struct SitemapPart: Rendering {
  let sitemap: Sitemap
  let part: Int

  func write(_ context: RenderContext, into buffer: inout ByteBuffer) {
    sitemap.write(part: part, into: &buffer)
  }
}
