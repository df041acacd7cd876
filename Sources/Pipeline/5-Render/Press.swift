internal import StoaAddresses
package import StoaLink
package import StoaModel
internal import StoaTemplates

/// What pages are made with: the community, and the theme that shows it.
///
/// A class, because every planned file has it.
internal final class Press: Sendable {
  internal let context: ViewContext
  internal let frame: PageFrame
  internal let theme: Theme

  internal init(_ context: ViewContext, theme: Theme) {
    self.context = context
    self.theme = theme
    frame = PageFrame(context)
  }
}

extension Plan {
  /// The same files of a community of which only words and templates are others, as `Linking` makes it.
  ///
  /// - Returns: Nil when the theme cannot be used, or decides more than how pages look: strings are in titles, and style sheets
  ///   have addresses.
  package func reprinted(_ community: Community, highlights: Highlights) -> Plan? {
    guard let press else { return nil }
    var plan = self
    var templates = press.theme
    if community.theme != press.context.community.theme {
      let theme = SiteTheme(community)
      guard theme.isUsable, theme.words != nil,
        Self.others(in: community) == Self.others(in: press.context.community)
      else { return nil }
      templates = theme.templates
      plan.diagnostics = theme.diagnostics + plannerDiagnostics
    }
    let context = ViewContext(
      community: community, site: press.context.site, words: press.context.words,
      assets: press.context.assets, highlights: highlights)
    let fresh = Press(context, theme: templates)
    plan.press = fresh
    plan.files = files.map { $0.printed(with: fresh) }
    return plan
  }

  /// The theme's files that are not templates.
  private static func others(in community: Community) -> [String: [UInt8]] {
    community.theme.filter { !$0.key.hasSuffix(".mustache") }
  }
}
