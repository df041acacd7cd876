package import StoaLink
package import StoaModel
package import StoaSystem

/// Every file of a site in order of its path, each with its content as data: the result of Render.
///
/// Write refuses a plan whose paths are not in ascending order.
package struct Plan: Sendable {
  package internal(set) var files: [PlannedFile] = []
  package internal(set) var diagnostics: [Diagnostic] = []
  /// The redirects, in order.
  package internal(set) var redirects: [Redirect] = []
  /// The name of the build's audience; empty when the community has none.
  package let audience: String
  package let baseURL: String
  /// Which part of the site it is; nil for all of it.
  package internal(set) var part: SitePart?
  /// Nil when the theme cannot be used.
  package internal(set) var renderContext: RenderContext?
  var addressList: AddressList?
  /// The `diagnostics` that are not about the theme.
  var plannerDiagnostics: [Diagnostic] = []

  /// - Parameter files: in order of their paths.
  package init(audience: String, baseURL: String, files: [PlannedFile] = []) {
    self.audience = audience
    self.baseURL = baseURL
    self.files = files
  }

  /// Every address and anchor of the site, encoded, in order.
  ///
  /// Empty when the theme has errors.
  package var addresses: [String] {
    guard let addressList, let renderContext else { return [] }
    return addressList.lines(renderContext.view.community)
  }

  /// The plan with additional files; a file whose path is taken is skipped.
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
/// A class, because files are sorted, filtered and passed on.
package final class PlannedFile: Sendable {
  /// When Write writes the file, so that an interrupted build leaves no broken links.
  package enum Wave: Int, Sendable, Comparable {
    /// Style sheets, scripts, images: the files that pages need.
    case asset
    case page
    /// Home, feeds and the sitemap, which lead to all other pages.
    case entrance

    package static func < (left: Wave, right: Wave) -> Bool { left.rawValue < right.rawValue }
  }

  package enum Content: Sendable {
    /// Content that depends on the community and the theme, with both.
    case rendered(any Rendering, RenderContext)
    /// Bytes that exist already and depend on no document.
    case stored(StoredBytes)
    /// A file to copy, by its path in the community's folder; optionally an image whose metadata is removed.
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
