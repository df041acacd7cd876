import StoaModel

/// The URLs that Jekyll or Hugo gave to posts, according to the site's configuration.
struct SitePermalinks: Sendable {
  private enum Generator: Sendable {
    case jekyll(String)
    /// A pattern for some of the sections.
    case hugo([String: String])
    case unknown
  }

  private let generator: Generator

  private static let styles = [
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "none": "/:categories/:title.html",
  ]

  /// The URLs of a site without a configuration are unknown.
  init() {
    generator = .unknown
  }

  init(_ configuration: SourceRecord, isJekyll: Bool) {
    guard !isJekyll else {
      let pattern = configuration.text("permalink")
      generator = .jekyll(Self.styles[pattern.isEmpty ? "date" : pattern] ?? pattern)
      return
    }
    var patterns: [String: String] = [:]
    let all = configuration.record("permalinks")
    for record in [all, all?.record("page")] {
      for (section, pattern) in record?.namedTexts ?? [] { patterns[section] = pattern }
    }
    generator = .hugo(patterns)
  }

  /// The URL of a post; nil when it is unknown.
  ///
  /// - Parameters:
  ///   - file: its path below the source.
  ///   - name: the name of its file without extension and date, or of its folder.
  func address(
    of post: SourcePost, file: String, name: String, categories: [String]
  ) -> String? {
    let folders = file.split(separator: "/").dropFirst().dropLast().map(String.init)
    let section = folders.first ?? ""
    let pattern: String
    switch generator {
    case .unknown: return nil
    case .jekyll(let jekyll):
      guard file.hasPrefix("_posts/") else { return nil }
      pattern = jekyll
    case .hugo(let patterns):
      guard file.hasPrefix("content/") else { return nil }
      let isBundle = folders.last == name
      let path = (isBundle ? folders.dropLast() : folders[...]).joined(separator: "/")
      pattern = patterns[section] ?? (path.isEmpty ? "/:slug/" : "/\(path)/:slug/")
    }
    return fill(pattern) { token in
      switch token {
      case "categories": categories.map { $0.lowercased() }.joined(separator: "/")
      case "section": section
      case "slug", "title", "slugorfilename", "slugorcontentbasename": post.wishedSlug
      case "filename", "contentbasename": name
      default: post.date.flatMap { Self.part($0.day, token) }
      }
    }
  }

  private static func part(_ day: CalendarDay, _ token: String) -> String? {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return switch token {
    case "year": "\(day.year)"
    case "month": padded(day.month)
    case "day": padded(day.day)
    case "i_month": "\(day.month)"
    case "i_day": "\(day.day)"
    case "short_year": padded(day.year % 100)
    default: nil
    }
  }

  /// The pattern with its placeholders replaced; nil when one is unknown.
  private func fill(_ pattern: String, _ value: (String) -> String?) -> String? {
    var address = ""
    var rest = pattern[...]
    while let colon = rest.firstIndex(of: ":") {
      address += rest[..<colon]
      let token = rest[rest.index(after: colon)...].prefix {
        $0.isASCII && ($0.isLetter || $0 == "_")
      }
      guard let text = value(String(token)) else { return nil }
      address += text
      rest = rest[token.endIndex...]
    }
    address += rest
    let parts = address.split(separator: "/").joined(separator: "/")
    guard !parts.isEmpty else { return nil }
    return "/" + parts + (address.hasSuffix("/") ? "/" : "")
  }
}
