import StoaAddresses
package import StoaLink
package import StoaModel
import StoaTemplates

/// The data that pages are rendered with: the community and the theme.
///
/// A class, because every planned file refers to it.
package final class RenderContext: Sendable {
  let view: ViewContext
  let frame: PageFrame
  let theme: Theme

  init(_ view: ViewContext, theme: Theme) {
    self.view = view
    self.theme = theme
    frame = PageFrame(view)
  }

  /// The shown community.
  package var community: Community { view.community }
}

extension Plan {
  /// The context for a community of which only document bodies and templates differ.
  ///
  /// - Returns: Nil when the theme has errors, or when more than the pages' content changed: strings are used in titles, and
  ///   style sheets have addresses.
  package func rerendered(
    _ community: Community, highlights: Highlights, typesetting: Typesetting
  ) -> Plan? {
    guard let renderContext else { return nil }
    var plan = self
    var templates = renderContext.theme
    if community.theme != renderContext.view.community.theme {
      let theme = SiteTheme(community)
      guard theme.isUsable, theme.strings != nil,
        Self.others(in: community) == Self.others(in: renderContext.view.community)
      else { return nil }
      templates = theme.templates
      plan.diagnostics = theme.diagnostics + plannerDiagnostics
    }
    let context = ViewContext(
      community: community, site: renderContext.view.site, strings: renderContext.view.strings,
      assets: renderContext.view.assets, highlights: highlights, typesetting: typesetting,
      replyForm: renderContext.view.replyForm)
    let fresh = RenderContext(context, theme: templates)
    plan.renderContext = fresh
    plan.files = files.map { $0.rerendered(in: fresh) }
    return plan
  }

  /// The theme's files that are not templates.
  private static func others(in community: Community) -> [String: [UInt8]] {
    community.theme.filter { !$0.key.hasSuffix(".mustache") }
  }
}
