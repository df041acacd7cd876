package import StoaLink
package import StoaModel
package import StoaSystem

/// Every file of a site in order of its path, each with what it shows: the result of Render.
///
/// Write refuses a plan in which the paths do not go up.
package struct Plan: Sendable {
  package internal(set) var files: [PlannedFile] = []
  package internal(set) var diagnostics: [Diagnostic] = []
  /// The old addresses that lead somewhere, in order.
  package internal(set) var redirects: [Redirect] = []
  /// The name of the audience that is built for; empty when the community has none.
  package let audience: String
  package let baseURL: String
  /// Which part of the site it is; nil for all of it.
  package internal(set) var part: SitePart?
  /// Nil when the theme cannot be used.
  package internal(set) var renderContext: RenderContext?
  var addressList: AddressList?
  /// Those of `diagnostics` that are not the theme's.
  var plannerDiagnostics: [Diagnostic] = []

  /// - Parameter files: in order of their paths.
  package init(audience: String, baseURL: String, files: [PlannedFile] = []) {
    self.audience = audience
    self.baseURL = baseURL
    self.files = files
  }

  /// Every address and anchor of the site, encoded, in order: what addresses.txt lists.
  ///
  /// Nothing when the theme cannot be used.
  package var addresses: [String] {
    guard let addressList, let renderContext else { return [] }
    return addressList.lines(renderContext.view.community)
  }

  /// The plan with more files in it; a path that is taken stays whose it is.
  package func adding(_ more: [PlannedFile]) -> Plan {
    guard !more.isEmpty else { return self }
    var plan = self
    let taken = Set(files.map(\.path))
    plan.files += more.filter { !taken.contains($0.path) }
    plan.files.sort { $0.path.precedes($1.path) }
    return plan
  }
}

/// One file of the site.
///
/// A class, because files are sorted, sifted and handed out.
package final class PlannedFile: Sendable {
  /// In which wave Write lays it down, so that a killed build leaves no link that leads nowhere.
  package enum Wave: Int, Sendable, Comparable {
    /// Style sheets, scripts, images: what pages need.
    case asset
    case page
    /// Home, feeds and the sitemap, which lead to the rest.
    case entrance

    package static func < (left: Wave, right: Wave) -> Bool { left.rawValue < right.rawValue }
  }

  package enum Content: Sendable {
    /// What depends on the community's words, with those that it shows.
    case rendered(any Rendering, RenderContext)
    /// Bytes that are there already and depend on no text.
    case stored(StoredBytes)
    /// A file to copy, by its path in the community's folder; an image without what its maker did not mean to publish, if so
    /// wished.
    case copy(of: String, in: RootFolder, strippingMetadata: Bool)
  }

  /// Relative to the output folder, with `/` between parts, raw UTF-8.
  package let path: String
  package let wave: Wave
  package let content: Content

  package init(path: String, wave: Wave, content: Content) {
    self.path = path
    self.wave = wave
    self.content = content
  }

  /// The same file in another context.
  func rerendered(in context: RenderContext) -> PlannedFile {
    guard case .rendered(let rendering, _) = content else { return self }
    return PlannedFile(path: path, wave: wave, content: .rendered(rendering, context))
  }
}
