package import StoaAddresses
import StoaHTML
package import StoaLink
import StoaModel

/// Writes bodies as HTML that makes sense anywhere, for readers of other programs.
package struct BodyRenderer: Sendable {
  private let context: ViewContext?

  /// - Parameter options: as for the site; a theme that cannot be used gives no bodies.
  package init(_ community: Community, options: RenderOptions) {
    let theme = SiteTheme(community)
    context = theme.strings.map { strings in
      ViewContext(
        community: community, site: Site(baseURL: options.baseURL), strings: strings,
        assets: ThemeAssets(theme.files, strings, community: community),
        highlights: options.highlights,
        replyForm: options.replyForm)
    }
  }

  /// The HTML of a body; all its URLs are absolute if the site has a URL.
  package func html(_ body: LinkedBody, at page: SiteAddress, isFromVisitors: Bool) -> [UInt8] {
    guard let context else { return [] }
    var buffer = ByteBuffer(capacity: 4_096)
    BodyWriter(
      body, context, medium: .feed(page: context.site.origin + context.href(page)),
      isFromVisitors: isFromVisitors
    ).write(into: &buffer)
    return buffer.bytes
  }

  /// The absolute URL of a place on the site.
  package func url(of address: SiteAddress) -> String {
    context.map { $0.site.origin + $0.href(address) } ?? address.encoded()
  }
}
