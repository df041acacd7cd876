import StoaAddresses
import StoaData
import StoaLoad
import StoaModel

/// Converts a document of Jekyll or Hugo.
struct GeneratorPost {
  let post: SourcePost
  /// Folded names that comments may use for it, the likeliest first.
  let names: [String]
  /// The path or name of its image; empty when it has none.
  let image: String

  /// - Parameters:
  ///   - bytes: the cleaned file.
  ///   - file: its path below the source.
  init(
    _ bytes: [UInt8], file: String, resources: [String], dates: SourceDates, defaultAuthor: String,
    permalinks: SitePermalinks, site: GeneratorSite
  ) throws(SourceProblem) {
    let matter = try SourceFrontMatter(bytes)
    let record = matter.record
    let name = FileName(file)
    var post = SourcePost(key: file)
    post.title = CleanText.line(HTMLEntities.decode(record.text("title")))
    post.notes += matter.notes
    post.kind = name.isPage || record.text("type", "layout") == "page" ? .page : .post
    post.noun = post.kind.rawValue
    post.wishedSlug = CleanText.line(record.text("slug"))
    if post.wishedSlug.isEmpty { post.wishedSlug = name.stem }
    post.authors = Self.authors(of: record)
    if post.authors.isEmpty { post.authors = [defaultAuthor] }
    let written = record.text("date", "publishDate", "published_at")
    post.date = dates.read(written) ?? name.day.map { dates.reader.timestamp(of: $0) }
    if !written.isEmpty, dates.read(written) == nil {
      post.notes.append("the date cannot be read")
    }
    post.updated = dates.read(
      record.text("last_modified_at", "lastmod", "modified", "updated", "last_updated"))
    if post.date == nil {
      post.date = post.updated
      post.updated = nil
    }
    post.topics = record.texts("categories", "category", "tags", "tag", "topics").map {
      CleanText.line($0)
    }
    post.summary = CleanText.line(
      record.text("excerpt", "description", "summary"), maximumLength: 2_000)
    post.language = record.text("lang", "language")
    let isDraft =
      file.hasPrefix("_drafts/") || record.flag("draft") == true
      || record.flag("published") == false
    if isDraft { post.state = .draft }
    if record.flag("comments") == false || record.flag("comments_locked") == true {
      post.acceptsResponses = false
    }
    if name.isList {
      post.state = .leftOut(reason: "it introduces a list of pages, which Stoa makes itself")
    }
    let isHTML = ["html", "htm"].contains(StaticmanLayout.fileExtension(of: file))
    let (text, notes) =
      file.hasPrefix("content/")
      ? HugoShortcodes.translated(matter.text, isMarkdown: !isHTML, site: site)
      : JekyllTags.translated(
        matter.text, isMarkdown: !isHTML, title: post.title, site: site)
    post.text = isHTML ? .html(text) : .markdown(text)
    post.notes += notes
    post.oldAddresses =
      record.texts("permalink", "url", "aliases", "redirect_from", "alias")
      .filter { !$0.contains(":") || $0.contains("://") }
    if record.text("permalink", "url").isEmpty, post.kind == .post,
      let address = permalinks.address(
        of: post, file: file, name: name.stem,
        categories: record.texts("category", "categories"))
    {
      post.oldAddresses.append(address)
    }
    image = FeaturedImage.name(in: record, resources: resources)
    self.post = post
    names = Self.names(of: post, name, record)
  }

  private static func authors(of record: SourceRecord) -> [String] {
    for key in ["author", "authors"] {
      if let nested = record.record(key) {
        let name = CleanText.line(nested.text("name", "display_name", "login"))
        if !name.isEmpty { return [name] }
      }
      let names = record.texts(key).map { CleanText.line($0) }.filter { !$0.isEmpty }
      if !names.isEmpty { return names }
    }
    return []
  }

  private static func names(
    of post: SourcePost, _ name: FileName, _ record: SourceRecord
  ) -> [String] {
    var names = [post.wishedSlug, name.stem]
    for address in post.oldAddresses {
      let path = OldAddress.path(of: address) ?? ""
      names.append(path)
      if let last = path.split(separator: "/").last { names.append(String(last)) }
    }
    names.append(post.title)
    return names.map(Slug.make).filter { !$0.isEmpty }
  }

  /// The parts of a file's path.
  private struct FileName {
    let stem: String
    let day: CalendarDay?
    let isPage: Bool
    let isList: Bool

    init(_ file: String) {
      let parts = file.split(separator: "/").map(String.init)
      var stem = StaticmanLayout.stem(of: parts.last ?? file)
      isList = stem == "_index" || stem == "index" && parts.count < 3
      if stem == "index", parts.count > 2 { stem = parts[parts.count - 2] }
      isPage = parts.first == "content" && (parts.count == 2 || parts[1] == "page")
      (day, self.stem) = Self.cut(stem)
    }

    /// `2014-11-25-mix` is a date and a name.
    private static func cut(_ stem: String) -> (CalendarDay?, String) {
      let parts = stem.split(separator: "-", maxSplits: 3)
      guard parts.count == 4, parts[0].utf8.count == 4, let year = Int(parts[0]),
        let month = Int(parts[1]), let dayNumber = Int(parts[2]),
        let day = CalendarDay(year: year, month: month, day: dayNumber)
      else { return (nil, stem) }
      return (day, String(parts[3]))
    }
  }
}
