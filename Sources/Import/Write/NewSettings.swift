import StoaAddresses
import StoaYAML

/// The stoa.yml of a community that an import creates.
enum NewSettings {
  static func text(for site: SourceSite, _ options: ImportOptions) -> [UInt8] {
    let privacy = Privacy()
    let folder = options.community.split(separator: "/").last.map(String.init) ?? "Community"
    let title = [site.title, site.name, folder].map { privacy.masked(line: $0) }.first {
      !$0.isEmpty
    }
    var settings = FrontMatterText()
    settings.add("title", title ?? "Community")
    settings.add("description", privacy.masked(line: site.description))
    let url = WebAddress.checked(site.url, privacy)
    settings.add("url", (try? SiteURL.read(url)) ?? "")
    settings.add("language", ImportPlanner.languageTag(site.language))
    return settings.bytes
  }
}
