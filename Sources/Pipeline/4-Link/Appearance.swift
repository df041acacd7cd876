package import StoaAddresses
import StoaHTML
import StoaModel

/// An entry of the menu, with its target.
package struct MenuEntry: Sendable {
  package enum Target: Sendable {
    case site(SiteAddress)
    /// A URL that has passed the URL rules.
    case external(String)
  }

  /// Empty for a generated page, whose title is translated.
  package let title: String
  package let target: Target
}

extension Community {
  /// Finds the targets of the menu's entries and the logo.
  ///
  /// An entry without a visible target is left out, so that no page has a broken link.
  mutating func addAppearance(_ layout: SiteLayout, _ suggestions: inout Suggestions) {
    menu = settings.menu.map { items in
      items.compactMap { entry(for: $0, layout.index, &suggestions) }
    }
    guard let named = settings.logo else { return }
    let path = named.value.hasPrefix("/") ? named.value : "/\(named.value)"
    logo = layout.index.assetsByPath[path]
    guard logo == nil else { return }
    diagnostics.append(
      Diagnostic(
        .missingImage, at: named.location, "there is no image “\(named.value)”",
        suggestion: "put it below content/static"))
  }

  private mutating func entry(
    for item: Settings.MenuItem, _ index: SiteIndex, _ suggestions: inout Suggestions
  ) -> MenuEntry? {
    let written = OwnAddress(settings.url)?.path(in: item.address) ?? item.address
    if AddressPolicy.judge(written) == .external {
      return AddressPolicy.normalized(written).map { address in
        MenuEntry(title: item.title.isEmpty ? written : item.title, target: .external(address))
      }
    }
    let name = written.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let fragment = name.count > 1 ? String(name[1]) : ""
    let path = String(name.first ?? "")
    if let place = path.hasPrefix("/") ? index.place(at: path) : index.bySlug[path] {
      let address = fragment.isEmpty ? place.address : place.address.with(fragment: fragment)
      return MenuEntry(
        title: item.title.isEmpty ? place.title : item.title, target: .site(address))
    }
    if let file = index.assetsByPath[path] {
      return MenuEntry(title: item.title.isEmpty ? path : item.title, target: .site(file.address))
    }
    if index.unread.has(path: path) { return nil }
    diagnostics.append(
      Diagnostic(
        .unresolvedLink, at: item.location,
        "the menu has “\(item.address)”, which does not exist",
        suggestion: suggestions.nearest(to: path, among: .postsAndPages).map {
          "did you mean “\($0)”?"
        } ?? "write a slug, or an address that begins with / or https://"))
    return nil
  }
}
