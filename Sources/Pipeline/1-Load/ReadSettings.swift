import StoaAddresses
import StoaModel
import StoaYAML

extension Settings {
  /// The result of reading stoa.yml.
  struct Reading {
    var settings = Settings()
    var zone = TimeZoneRules.utc
    let diagnostics: [Diagnostic]
    /// False when the audiences are uncertain, so that no content may be shown.
    var isSafe = false
  }

  /// Reads stoa.yml; a missing or wrong setting keeps its default and is reported.
  static func read(
    _ bytes: [UInt8], file: String
  ) -> Reading {
    var settings = Settings()
    let entries: [YAMLEntry]
    do throws(YAMLProblem) {
      let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      // The list of removed addresses grows over the years.
      entries = try YAMLReader.read(bytes[start...], maximumSize: 1 << 18)
    } catch {
      let conflict = ConflictMarkers.conflicts(in: bytes).first
      return Reading(
        diagnostics: [
          conflict.map { Diagnostic(conflictIn: file, line: $0.first) }
            ?? Diagnostic(yaml: error, in: file)
        ])
    }
    var fields = Fields(entries, of: .settings, in: file, isContent: false)
    settings.readIdentity(&fields)
    settings.readAppearance(&fields)
    let hasAudiences = settings.readAudiences(&fields)
    settings.readForge(&fields)
    settings.readReply(&fields)
    settings.readRules(&fields)
    settings.readPublished(&fields)
    settings.extras = fields.extras()
    let zone = readZone(&fields)
    settings.timezone = zone.name
    settings.fileDigest = SHA256.digest(of: bytes)
    return Reading(
      settings: settings, zone: zone, diagnostics: fields.diagnostics, isSafe: hasAudiences)
  }

  private mutating func readIdentity(_ fields: inout Fields) {
    if let title = fields.shownText("title")?.value {
      self.title = title.directionBalanced
    } else if !fields.isReported("title") {
      fields.report(
        .missingSettings, at: fields.location(of: "title"), "the community has no title",
        "add a line such as title: The Portico")
    }
    if let url = fields.text("url") {
      do throws(SiteURL.Problem) {
        self.url = try SiteURL.read(url.value)
      } catch {
        fields.invalid("url", url, error.message, error.suggestion)
      }
    }
    description = fields.text("description")?.value.directionBalanced ?? ""
    language = fields.language("language") ?? language
    languageLocation = fields.valueLocation(of: "language")
    history = fields.choice("history", History.self)
    readIgnoredRevisions(&fields)
    changes = fields.shownChanges("changes") ?? changes
    stripsMetadata = fields.flag("strip-metadata") ?? stripsMetadata
    showsAddressesInText = fields.choice("addresses-in-text", AddressesInText.self) == .show
  }

  private enum AddressesInText: String, CaseIterable {
    case mask
    case show
  }

  /// Hashes of commits, in full or abbreviated as git does.
  private mutating func readIgnoredRevisions(_ fields: inout Fields) {
    for revision in fields.list("ignore-revisions") {
      let isHash =
        (7...64).contains(revision.value.utf8.count)
        && revision.value.utf8.allSatisfy(ASCII.isHexDigit)
      if isHash {
        ignoredRevisions.append(revision.value)
      } else {
        fields.invalid(
          "ignore-revisions", revision, "“\(revision.value)” is not a commit",
          "write at least seven digits of its hash")
      }
    }
  }

  private mutating func readAppearance(_ fields: inout Fields) {
    if let degrees = fields.integer("hue", in: 0...359), let written = fields.text("hue") {
      hue = Located(degrees, at: written.location)
    }
    logo = fields.text("logo")
    pageSize = fields.integer("page-size", in: 1...1_000) ?? pageSize
    feedSize = fields.integer("feed-size", in: 1...1_000) ?? feedSize
    archivesFeeds = fields.flag("feed-archive") ?? archivesFeeds
    writesMarkdown = fields.flag("markdown") ?? writesMarkdown
    smartPunctuation = fields.flag("smart-punctuation") ?? smartPunctuation
    search = fields.choice("search", Search.self) ?? search
    highlight = fields.choice("highlight", Highlight.self) ?? highlight
    math = fields.flag("math") ?? math
    diagrams = fields.flag("diagrams") ?? diagrams
    if let pattern = fields.text("permalinks") {
      if let problem = Permalinks.problem(in: pattern.value) {
        fields.invalid(
          "permalinks", pattern, problem, "write a pattern such as /:year/:month/:slug/")
      } else {
        permalinks = pattern.value
      }
    }
    if fields.has("menu") { menu = Self.readMenu(&fields) }
  }

  /// A list of slugs or URLs, or of mappings with a title and a URL.
  private static func readMenu(_ fields: inout Fields) -> [MenuItem] {
    guard let node = fields.node("menu"), case .sequence(let items) = node.content else {
      return fields.list("menu").map {
        MenuItem(title: "", address: $0.value, location: $0.location)
      }
    }
    var menu: [MenuItem] = []
    for item in items {
      if let address = item.scalar?.trimmed, !address.isEmpty {
        menu.append(MenuItem(title: "", address: address, location: fields.location(of: item)))
        continue
      }
      let entries = item.mapping ?? []
      let title = entries.first { $0.key == "title" }?.value.scalar?.oneLine ?? ""
      let address = entries.first { $0.key == "address" }?.value.scalar?.trimmed ?? ""
      if address.isEmpty || entries.contains(where: { $0.key != "title" && $0.key != "address" }) {
        fields.report(
          .invalidSetting, at: fields.location(of: item),
          "an entry of the menu has the wrong shape",
          "give it a title and an address")
      } else {
        menu.append(MenuItem(title: title, address: address, location: fields.location(of: item)))
      }
    }
    return menu
  }

  /// Reads the audiences; false when they are uncertain.
  private mutating func readAudiences(_ fields: inout Fields) -> Bool {
    let before = fields.diagnostics.count
    for name in fields.list("audiences") {
      let isName =
        Slug.problem(in: name.value) == nil && name.value.utf8.allSatisfy { $0 < 0x80 }
        && name.value == name.value.lowercased()
      if !isName {
        fields.invalid(
          "audiences", name, "“\(name.value)” cannot name an audience",
          "use lower-case letters, digits and hyphens")
      } else if audiences.contains(name.value) {
        fields.invalid("audiences", name, "the audience “\(name.value)” occurs twice", "keep one")
      } else {
        audiences.append(name.value)
      }
    }
    defaultAudience = fields.audience("default-audience", of: audiences)?.value
    if let place = fields.misspeltAudience, audiences.isEmpty {
      fields.report(
        .invalidSetting, at: place,
        "it is unclear which audiences there are",
        "write “audiences” once, and in this spelling")
    }
    return fields.diagnostics.count == before
  }

  private mutating func readForge(_ fields: inout Fields) {
    guard fields.has("forge") else { return }
    var kind: Forge.Kind?
    var url = ""
    var branch = "main"
    for entry in fields.mapping("forge") {
      let text = entry.value.scalar?.trimmed ?? ""
      switch entry.key {
      case "kind":
        kind = Forge.Kind(rawValue: text)
        if kind == nil {
          let kinds = Forge.Kind.allCases.map(\.rawValue)
          fields.report(
            .invalidSetting, at: fields.location(of: entry.value),
            "“\(text)” is not a kind of forge",
            Nearest.match(for: text, among: kinds).map { "did you mean “\($0)”?" }
              ?? "use one of \(kinds.joined(separator: ", "))")
        }
      case "url":
        do throws(SiteURL.Problem) {
          url = try SiteURL.read(text)
        } catch {
          fields.report(
            .invalidSetting, at: fields.location(of: entry.value), error.message, error.suggestion)
        }
      case "branch": branch = text
      default: reportUnknown(entry, in: "forge", ["kind", "url", "branch"], &fields)
      }
    }
    if let kind, !url.isEmpty {
      forge = Forge(kind: kind, url: url, branch: branch)
    } else if fields.diagnostics.isEmpty {
      fields.report(
        .invalidSetting, at: fields.location(of: "forge"), "forge needs a kind and a url",
        "write both below it")
    }
  }

  private mutating func readReply(_ fields: inout Fields) {
    for entry in fields.mapping("reply") {
      let text = entry.value.scalar?.trimmed ?? ""
      switch (entry.key, text) {
      case ("forge", let word) where FlagWord.read(word) != nil:
        reply.forge = FlagWord.read(word) == true ? nil : .off
      case ("forge", "issue"): reply.forge = .issue
      case ("forge", "file"): reply.forge = .file
      case ("command", let word) where FlagWord.read(word) != nil:
        reply.command = FlagWord.read(word) == true
      case ("mail", _):
        if PersonalAddress.isIn(text) {
          reply.mail = text
        } else {
          fields.report(
            .invalidSetting, at: fields.location(of: entry.value),
            "“\(text)” is not a mail address", "write one, or take the line out")
        }
      case ("service", _):
        do throws(SiteURL.Problem) {
          reply.service = try SiteURL.read(text)
        } catch {
          fields.report(
            .invalidSetting, at: fields.location(of: entry.value), error.message, error.suggestion)
        }
      case ("forge", _):
        fields.report(
          .invalidSetting, at: fields.location(of: entry.value),
          "“\(text)” is not a way to answer on a forge",
          Nearest.match(for: text, among: ["issue", "file"]).map { "did you mean “\($0)”?" }
            ?? "write issue, file, true or false")
      case ("command", _):
        fields.report(
          .invalidSetting, at: fields.location(of: entry.value),
          "“\(text)” is neither true nor false", "write one of the two")
      default: reportUnknown(entry, in: "reply", ["forge", "mail", "command", "service"], &fields)
      }
    }
  }

  private mutating func readRules(_ fields: inout Fields) {
    for entry in fields.mapping("rules") {
      guard let code = DiagnosticCode(rawValue: entry.key) else {
        reportUnknown(entry, in: "rules", DiagnosticCode.allCases.map(\.rawValue), &fields)
        continue
      }
      let text = entry.value.scalar?.trimmed ?? ""
      guard let level = Level(rawValue: text) else {
        fields.report(
          .invalidSetting, at: fields.location(of: entry.value), "“\(text)” is not a level",
          "use error, warning or off")
        continue
      }
      if code.severity == .error, level != .error {
        fields.report(
          .invalidSetting, at: fields.location(of: entry.value),
          "“\(entry.key)” is about structure or safety and stays an error", "take the line out")
        continue
      }
      rules[code] = level
    }
  }

  private func reportUnknown(
    _ entry: YAMLEntry, in parent: String, _ known: [String], _ fields: inout Fields
  ) {
    fields.report(
      .unknownSetting, entry, "“\(parent)” has no “\(entry.key)”",
      Nearest.match(for: entry.key, among: known).map { "did you mean “\($0)”?" }
        ?? (known.count > 10 ? "the guide lists them" : "it takes \(known.joined(separator: ", "))")
    )
  }

  private static func readZone(_ fields: inout Fields) -> TimeZoneRules {
    guard let name = fields.text("timezone") else { return .utc }
    if let zone = TimeZoneRules(named: name.value) { return zone }
    fields.invalid(
      "timezone", name, "there is no time zone “\(name.value)”",
      TimeZoneRules.nearest(to: name.value).map { "did you mean “\($0)”?" }
        ?? "write one such as Europe/Lisbon; the zones come from the system's tzdata")
    return .utc
  }
}
