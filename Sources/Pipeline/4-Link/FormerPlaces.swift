import StoaAddresses
import StoaModel
import StoaParse

/// Redirects, old anchors, and removed addresses.
extension SiteLayout {
  mutating func addAliases(_ documents: Documents, _ names: Names) {
    for (number, entry) in conversations.enumerated() {
      let place = Place(
        owner: .conversation(Index(number)), address: entry.address, title: entry.title)
      for alias in documents.posts[entry.post].item.aliases { add(alias, of: place) }
    }
    for (number, entry) in pages.enumerated() {
      let place = Place(owner: .page(Index(number)), address: entry.address, title: entry.title)
      for alias in documents.pages[entry.page].item.aliases { add(alias, of: place) }
    }
    for parsed in documents.topics {
      addNames(parsed.item.aliases, parsed.item.slug) { .topic($0) }
    }
    for parsed in documents.contributors {
      addNames(parsed.item.aliases, parsed.item.handle) { .contributor($0) }
    }
    redirects.sort { $0.from.path.precedes($1.from.path) }
  }

  /// A redirect; an alias that is only a slug was beside the current address.
  private mutating func add(_ alias: Located<String>, of place: Place) {
    guard let address = FormerAddress.read(alias.value, siteURL: siteURL) else {
      reportNoAddress(alias)
      return
    }
    if let conflict = claims.take(
      address, for: .alias(of: place.title, at: alias.location))
    {
      diagnostics.append(Diagnostic(shadowed: alias, by: conflict))
      return
    }
    index.add(alias: address, of: place)
    if case .conversation(let number) = place.owner { addFirstSlug(address, of: number.position) }
    redirects.append(Redirect(from: address, to: place.address, location: alias.location))
  }

  private mutating func reportNoAddress(_ alias: Located<String>) {
    diagnostics.append(
      Diagnostic(
        .invalidValue, at: alias.location, "“\(alias.value)” cannot be an old address",
        suggestion: "write it from the site's root, such as /2019/old-name/"))
  }

  /// Stores the post's first slug: that of the first alias with the form of a post's address.
  ///
  /// A slug that another item uses now belongs to that item.
  private mutating func addFirstSlug(_ alias: SiteAddress, of number: Int) {
    guard firstSlugs[number] == nil else { return }
    let slug = [permalinks, Settings().permalinks].lazy
      .compactMap { Permalinks.slug(in: alias.path, pattern: $0) }.first
    guard let slug, bySlug[slug] == nil, takenSlugs.insert(slug).inserted else { return }
    firstSlugs[number] = slug
  }

  /// Keeps the removed addresses; one that is in use again is reported in builds that show everything.
  mutating func addGone(_ documents: Documents) {
    for entry in documents.settings.gone {
      guard case .path(let path) = entry.place, !path.utf8.contains(UInt8(ascii: "#")) else {
        continue
      }
      let address = SiteAddress(path)
      if let conflict = claims.take(address, for: .gone) {
        guard documents.audience == documents.settings.widestAudience else { continue }
        diagnostics.append(
          Diagnostic(
            .shadowedAlias, at: entry.location,
            "“\(path)” is listed below “gone:”, but it is the address of \(conflict.other)",
            suggestion: "take the line out", notes: conflict.other.notes))
      } else {
        gone.append(GonePlace(address: address, reason: entry.reason, location: entry.location))
      }
    }
    gone.sort { $0.address.path.precedes($1.address.path) }
  }

  /// Adds redirects for moved responses: a pointer on another post's page, or an anchor on their own.
  mutating func addFormerPlaces(_ documents: Documents) {
    for number in conversations.indices {
      for node in conversations[number].nodes {
        addFormerPlaces(of: node.response, in: number, documents)
      }
      for response in conversations[number].mentions {
        addFormerPlaces(of: response, in: number, documents)
      }
    }
  }

  private mutating func addFormerPlaces(
    of response: Int, in number: Int, _ documents: Documents
  ) {
    let item = documents.responses[response].item
    for alias in item.formerPlaces {
      let anchor = Response.anchor(in: alias.value)
      let present = "response-\(item.id)"
      let page = alias.value.utf8.prefix { $0 != UInt8(ascii: "#") }
      let place = FormerAddress.read(String(Substring(page)), siteURL: siteURL).flatMap {
        index.place(at: $0.path)
      }
      var target = number
      if case .conversation(let other)? = place?.owner { target = other.position }
      if target == number, anchor == present { continue }
      let anchors = index.conversations[target]
      let isTaken =
        anchors.responses[anchor] != nil || anchors.headings[anchor] != nil
        || anchors.former[anchor] != nil || SiteIndex.fixedAnchors.contains(anchor)
        || HeadingIdentifiers.isTaken(anchor)
      guard !isTaken else {
        diagnostics.append(
          Diagnostic(
            .shadowedAlias, at: alias.location,
            target == number
              ? "“\(anchor)” is already an anchor of the same page"
              : "“\(anchor)” is already an anchor of “\(conversations[target].title)”",
            suggestion: "take the alias out"))
        continue
      }
      if target == number {
        index.conversations[target].responses[anchor] = present
        self.anchors[response, default: []].append(anchor)
      } else {
        index.conversations[target].responses[anchor] = anchor
        moved[target, default: []].append(
          MovedResponse(
            fragment: anchor, address: conversations[number].address.with(fragment: present),
            title: conversations[number].title))
      }
    }
  }

  private mutating func addNames(
    _ aliases: [Located<String>], _ slug: String,
    _ address: (String) -> SiteAddress
  ) {
    let new = address(slug)
    for alias in aliases {
      // A former handle or slug may have characters that slugs made from names do not have, such as capitals and dots.
      let isAddress = alias.value.hasPrefix("/")
      let old =
        isAddress
        ? FormerAddress.read(alias.value, siteURL: siteURL)
        : Slug.make(from: alias.value).nonEmpty.map(address)
      guard let old else {
        if isAddress { reportNoAddress(alias) }
        continue
      }
      guard old.path != new.path else { continue }
      if let conflict = claims.take(old, for: .alias(of: slug, at: alias.location)) {
        // A name with another meaning is reported with the names.
        if isAddress { diagnostics.append(Diagnostic(shadowed: alias, by: conflict)) }
        continue
      }
      redirects.append(Redirect(from: old, to: new, location: alias.location))
    }
  }
}

extension String {
  /// Nil for an empty text.
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
