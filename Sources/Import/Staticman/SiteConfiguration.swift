import StoaLoad

/// The configuration of a Jekyll or Hugo site.
struct SiteConfiguration {
  private(set) var title = ""
  private(set) var description = ""
  private(set) var author = ""
  private(set) var language = ""
  private(set) var url = ""
  private(set) var permalinks = SitePermalinks()
  private(set) var zone: TimeZoneRules?

  private static let files = [
    "_config.yml", "_config.yaml", "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml",
    "config.yaml", "config.yml", "config.json", "config/_default/config.toml",
    "config/_default/hugo.toml",
  ]

  init(root: String) {
    for file in Self.files {
      guard let record = Self.record(file, below: root) else { continue }
      title = CleanText.line(record.text("title", "name"))
      description = CleanText.line(record.text("description", "subtitle"))
      language = record.text("languageCode", "lang", "locale", "defaultContentLanguage")
      url = record.text("url", "baseURL", "baseurl")
      permalinks = SitePermalinks(record, isJekyll: file.hasPrefix("_config"))
      zone = TimeZoneRules(named: record.text("timezone", "timeZone"))
      let parameters = record.record("params")
      author = CleanText.line(
        record.text("author").isEmpty
          ? record.record("author")?.text("name") ?? parameters?.text("author")
            ?? parameters?.record("author")?.text("name") ?? "" : record.text("author"))
      return
    }
  }

  private static func record(_ path: String, below root: String) -> SourceRecord? {
    guard let bytes = try? ForeignFile.text(path, below: root) else { return nil }
    switch StaticmanLayout.fileExtension(of: path) {
    case "toml": return (try? TOMLReader.read(bytes[...])).map(SourceRecord.init)
    case "json":
      if case .mapping(let entries)? = try? JSONReader.read(bytes) { return SourceRecord(entries) }
      return nil
    default: return (try? ForeignYAML.read(bytes[...])).map(SourceRecord.init)
    }
  }
}
