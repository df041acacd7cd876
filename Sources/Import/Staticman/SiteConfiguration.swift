import StoaData
import StoaLoad

/// The configuration of a Jekyll or Hugo site.
struct SiteConfiguration {
  private(set) var title = ""
  private(set) var description = ""
  private(set) var author = ""
  private(set) var language = ""
  private(set) var url = ""
  /// The address of the host, and the path below it at which the site begins.
  private(set) var host = ""
  private(set) var basePath = ""
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
      takeAddress(record, isJekyll: file.hasPrefix("_config"))
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

  /// Jekyll has the host in one key and the path in another; Hugo has both in one.
  private mutating func takeAddress(_ record: SourceRecord, isJekyll: Bool) {
    if isJekyll {
      host = record.text("url")
      let path = record.text("baseurl")
      basePath = path.isEmpty || path.hasPrefix("/") ? path : "/" + path
      return
    }
    let address = record.text("baseURL")
    let parts = address.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count > 2, parts[0].hasSuffix(":"), parts[1].isEmpty else { return }
    host = parts[..<3].joined(separator: "/")
    basePath = parts.count > 3 ? "/" + parts[3] : ""
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
