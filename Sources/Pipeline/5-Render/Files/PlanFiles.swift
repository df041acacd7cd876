import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

extension Planner {
  /// What is for machines: style sheet, script, sitemap, robots, redirects, headers, the list of addresses.
  mutating func addFiles() {
    for file in context.assets.files {
      add(file.address, .asset) { $0.write(file.bytes) }
    }
    addSitemap()
    addRobots()
    addRedirectList()
    addHeaders()
    let addresses = AddressList(
      context.community, generated: pages.map(\.address) + feedAddresses, redirects: redirects)
    addressList = addresses
    add(.list, .entrance) { addresses.write(into: &$0) }
  }

  private mutating func addSitemap() {
    let unlisted = Set(
      context.community.conversations.filter(\.post.isUnlisted).map(\.address.path))
    let shown = pages.filter { $0.kind.row.reach == .search && !unlisted.contains($0.address.path) }
      .map(\.address)
    let make = { @Sendable [site = context.site] in Sitemap(shown.map { site.absolute($0) }) }
    guard shown.count > Sitemap.maximumSize else {
      add(.sitemap, .entrance) { make().write(part: 0, into: &$0) }
      return
    }
    let sitemap = make()
    let parts = sitemap.parts.indices.map { SiteAddress("/sitemap-\($0 + 1).xml") }
    for (number, address) in parts.enumerated() {
      add(address, .entrance) { sitemap.write(part: number, into: &$0) }
    }
    let absolute = parts.map { context.site.absolute($0) }
    add(.sitemap, .entrance) { Sitemap.write(indexOf: absolute, into: &$0) }
  }

  private mutating func addRobots() {
    let isForEverybody = context.community.audience == context.settings.widestAudience
    let sitemap = context.site.absolute(.sitemap)
    let hasOrigin = !context.site.origin.isEmpty
    add(.robots, .entrance) { buffer in
      buffer.write("User-agent: *\n")
      buffer.write(isForEverybody ? "Allow: /\n" : "Disallow: /\n")
      if isForEverybody, hasOrigin {
        buffer.write("Sitemap: ")
        buffer.write(sitemap)
        buffer.write("\n")
      }
    }
  }
}
