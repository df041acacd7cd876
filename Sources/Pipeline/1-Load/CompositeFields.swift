import StoaAddresses
import StoaModel
import StoaYAML

/// Values that are more than a string, a list or a date.
extension Fields {
  /// Accounts on forges; invalid ones are reported.
  mutating func accounts(_ key: String) -> [Located<Contributor.Account>] {
    var accounts: [Located<Contributor.Account>] = []
    for text in list(key) {
      if let account = Contributor.Account(text.value) {
        accounts.append(Located(account, at: text.location))
      } else {
        invalid(
          key, text, "“\(text.value)” is not an account on a forge",
          "write the forge's kind and the account's name, such as github:ada")
      }
    }
    return accounts
  }

  /// A URL, or a mapping of `url` and `title`.
  mutating func citation(_ key: String) -> Citation? {
    guard let node = entry(key)?.value else { return nil }
    guard let entries = node.mapping else {
      return url(key).map { Citation(url: $0.value, title: "") }
    }
    var url = ""
    var title = ""
    for entry in entries {
      switch (entry.key, entry.value.scalar) {
      case ("url", .some(let text)): url = text.trimmed
      case ("title", .some(let text)): title = text.oneLine
      default: report(.unknownKey, entry, "“\(key)” has no “\(entry.key)”", "use url and title")
      }
    }
    guard WebAddress.isValid(url) else {
      report(
        .invalidValue, at: location(of: node),
        url.isEmpty
          ? "“\(key)” has no url" : "“\(url)” is not an http or https address",
        Self.webAddressAdvice)
      return nil
    }
    return Citation(url: url, title: title)
  }

  /// A document's id in feeds: a part of the default id, or a whole URI.
  mutating func feedID(_ key: String) -> Located<String>? {
    guard let text = text(key) else { return nil }
    let isSound =
      text.value.utf8.count <= 1_000
      && text.value.unicodeScalars.allSatisfy { scalar in
        !scalar.isInvisible && !scalar.properties.isWhitespace
          && !"\"<>\\^`{|}".unicodeScalars.contains(scalar)
      }
    guard isSound else {
      invalid(
        key, text, "“\(text.value)” cannot be the id of a feed's entry",
        "write the name that it had, such as old-slug, or a whole URI such as tag:old.example,2019:12"
      )
      return nil
    }
    return text
  }

  /// A reading path: a list of slugs, in which `Heading: [slugs]` groups some below a heading.
  mutating func order(_ key: String, atMost limit: Int?) -> [OrderGroup] {
    guard case .sequence(let items)? = entry(key)?.value.content else {
      let posts = list(key)
      return posts.isEmpty ? [] : [OrderGroup(heading: nil, posts: posts)]
    }
    var groups: [OrderGroup] = []
    var count = 0
    func add(_ post: Located<String>, to group: inout OrderGroup) {
      count += 1
      if count <= limit ?? .max { group.posts.append(post) }
    }
    for item in items {
      guard let entries = item.mapping else {
        guard let post = slug(item, key) else { continue }
        // The entries after a group have no heading, so they begin another group.
        if groups.last?.heading != nil || groups.isEmpty {
          groups.append(OrderGroup(heading: nil, posts: []))
        }
        add(post, to: &groups[groups.count - 1])
        continue
      }
      for entry in entries {
        let heading = heading(entry, key)
        var group = OrderGroup(heading: heading, posts: [])
        for item in entry.value.sequence ?? [entry.value] {
          if let post = slug(item, key) { add(post, to: &group) }
        }
        groups.append(group)
      }
    }
    if let limit, count > limit {
      report(
        .tooManyNames, at: valueLocation(of: key) ?? location(of: key),
        "the “\(key)” of a guide has \(count) posts, and \(limit) is the limit",
        "make two guides of it")
    }
    return groups
  }

  private mutating func heading(_ entry: YAMLEntry, _ key: String) -> Located<String>? {
    let heading = Located(entry.key.oneLine, at: location(ofKey: entry))
    return refuses(blank: heading) ? nil : limited(heading, key)
  }

  private mutating func slug(_ node: YAMLNode, _ key: String) -> Located<String>? {
    guard let text = node.scalar?.oneLine else {
      reportType(node, key)
      return nil
    }
    return text.isEmpty ? nil : Located(text, at: location(of: node))
  }

  /// The people who agreed to share a text: names, or lists of names by audience.
  mutating func agreements(_ key: String, of audiences: [String]) -> [Agreement] {
    guard let entries = node(key)?.mapping else {
      return names(key, atMost: Post.maximumAuthors).map { Agreement($0) }
    }
    var agreements: [Agreement] = []
    for entry in entries {
      let name = entry.key.trimmed
      guard let rank = audiences.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) else {
        let nearest = Nearest.match(for: name, among: audiences)
        report(
          .agreementWithoutEffect, entry, "there is no audience “\(name)” to agree to",
          nearest.map { "did you mean “\($0)”?" } ?? "write names, such as \(key): [maren, jun]")
        continue
      }
      for node in entry.value.sequence ?? [entry.value] {
        guard let text = node.scalar?.oneLine else {
          reportType(node, key)
          continue
        }
        guard !text.isEmpty else { continue }
        let name = limited(Located(text, at: location(of: node)), key)
        agreements.append(Agreement(name, to: Audience(rank: rank)))
      }
    }
    return Array(agreements.prefix(Post.maximumAuthors * audiences.count))
  }

  /// Former anchors of headings, each with the current one.
  mutating func anchors(_ key: String) -> [FormerAnchor] {
    guard has(key) else { return [] }
    var anchors: [FormerAnchor] = []
    for entry in mapping(key) {
      let new = (entry.value.scalar?.trimmed ?? "").withoutNumberSign
      let old = entry.key.withoutNumberSign
      let wrong = [old, new].first { !AnchorName.isValid($0) }
      if let wrong {
        report(
          .invalidValue, entry, "“\(wrong)” cannot be an anchor",
          "write the old anchor and the new one, such as \(key): {instalation: installation}")
      } else if old.utf8.starts(with: "response-".utf8) {
        report(
          .invalidValue, entry, "“\(old)” is the anchor of a response",
          "write it into the aliases of the response that it leads to")
      } else if anchors.contains(where: { $0.old == old }) {
        report(.duplicateKey, entry, "“\(entry.key)” occurs twice", "keep one")
      } else {
        anchors.append(FormerAnchor(old: old, new: new, location: location(ofKey: entry)))
      }
    }
    return anchors
  }

  /// The audience that a key names.
  ///
  /// A value that cannot be read with certainty is the error `unknown-audience`.
  mutating func audience(_ key: String, of audiences: [String]) -> Located<Audience>? {
    for entry in misspeltAudiences where !audiences.isEmpty {
      report(
        .unknownAudience, entry,
        "“\(entry.key)” is misspelt, repeated or empty, so it is unclear who may see this",
        "write “\(schema.contains(entry.key) ? entry.key : key)” once")
    }
    guard let node = entry(key)?.value else {
      return written.audience.map {
        Located($0, at: SourceLocation(file: file, line: 1, column: 1))
      }
    }
    let name = node.scalar?.trimmed
    if name == "", audiences.isEmpty { return nil }
    if let rank = audiences.firstIndex(where: { $0.utf8.elementsEqual((name ?? "").utf8) }) {
      let audience = Audience(rank: rank)
      return Located(min(written.audience ?? audience, audience), at: location(of: node))
    }
    let nearest = name.flatMap { Nearest.match(for: $0, among: audiences) }
    report(
      .unknownAudience, at: location(of: node),
      name.map { $0.isEmpty ? "“\(key)” names none" : "there is no audience “\($0)”" }
        ?? "“\(key)” is not the name of one audience",
      nearest.map { "did you mean “\($0)”?" }
        ?? (audiences.isEmpty
          ? "stoa.yml lists no audiences" : "use one of \(audiences.joined(separator: ", "))"))
    return nil
  }
}
