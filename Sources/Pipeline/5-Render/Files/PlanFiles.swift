import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

extension Planner {
  /// Plans the files for machines: style sheet, script, sitemap, robots, redirects, headers, the list of addresses.
  mutating func addFiles() {
    for file in context.assets.files {
      add(file.bytes, at: file.address, .asset)
    }
    addSitemap()
    addRobots()
    addRedirectList()
    addHeaders()
    // The pages of changes come and go with the history, and so do the old addresses that lead to them.
    let changes = Set(context.community.conversations.compactMap(\.changesAddress?.path))
    let addresses = AddressList(
      generated: pages.map(\.address) + feedAddresses + twinAddresses,
      redirects: redirects.filter { !changes.contains($0.to.path) })
    addressList = addresses
    add(addresses, at: .list, .entrance)
  }

  private mutating func addSitemap() {
    guard !context.site.origin.isEmpty else { return }
    let unlisted = Set(
      context.community.conversations.filter { $0.post.isUnlisted }.map { $0.address.path })
    let shown = pages.filter { $0.kind.row.reach == .search && !unlisted.contains($0.address.path) }
      .map(\.address)
    guard shown.count > Sitemap.maximumSize else {
      add(WholeSitemap(addresses: shown), at: .sitemap, .entrance)
      return
    }
    let sitemap = Sitemap(shown.map { context.site.absolute($0) })
    let parts = sitemap.parts.indices.map { SiteAddress("/sitemap-\($0 + 1).xml") }
    for (number, address) in parts.enumerated() {
      add(SitemapPart(sitemap: sitemap, part: number), at: address, .entrance)
    }
    let absolute = parts.map { context.site.absolute($0) }
    var index = ByteBuffer()
    Sitemap.write(indexOf: absolute, into: &index)
    add(index.bytes, at: .sitemap, .entrance)
  }

  private mutating func addRobots() {
    let isForEverybody = context.community.audience == context.settings.widestAudience
    let sitemap = context.site.absolute(.sitemap)
    let hasOrigin = !context.site.origin.isEmpty
    var text = "User-agent: *\n" + (isForEverybody ? "Allow: /\n" : "Disallow: /\n")
    if isForEverybody, hasOrigin { text += "Sitemap: \(sitemap)\n" }
    add(Array(text.utf8), at: .robots, .entrance)
  }
}
