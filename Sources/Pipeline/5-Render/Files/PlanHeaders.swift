import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

extension Planner {
  /// `_headers`, for hosts that know it (Netlify, Cloudflare Pages): the policy that the site satisfies.
  ///
  /// Both hosts apply every rule that matches, and join the values of one name by commas; a browser then enforces each policy of
  /// the list. So the rule for the whole site is the widest, and stricter ones follow for everything but the search.
  mutating func addHeaders() {
    let base = context.site.basePath
    let searches = context.settings.search != .none
    let policy = ContentPolicy(
      forge: context.settings.forgeReply == .off ? nil : context.settings.forge)
    var text = """
      \(base)/*
        Content-Security-Policy: \(policy.text(runsSearch: searches))
        X-Content-Type-Options: nosniff
        Referrer-Policy: strict-origin-when-cross-origin

      """
    if searches {
      for section in sections.prefix(Self.mostSections) {
        text += "\(base)\(section)\n  Content-Security-Policy: \(policy.text(runsSearch: false))\n"
      }
    }
    for file in context.assets.files {
      text +=
        "\(context.href(file.address))\n  Cache-Control: public, max-age=31536000, immutable\n"
    }
    add(Array(text.utf8), at: SiteAddress("/_headers"), .entrance)
  }

  /// Cloudflare Pages takes a hundred rules; some are for other things.
  private static var mostSections: Int { 90 }

  /// The home page, and a pattern for each folder at the site's root that holds pages, less the search.
  private var sections: [String] {
    var folders: Set<String> = []
    for path in paths where path.hasSuffix("/index.html") {
      let folder = path.prefix { $0 != "/" }
      if folder != "search" { folders.insert(String(folder)) }
    }
    let patterns = folders.sorted { $0.precedes($1) }
      .map { SiteAddress("/\($0)/").encoded() + "*" }
    return ["/", "/404.html"] + patterns
  }
}

/// What a page may load and where its forms may go: nothing beyond the site, and the forge that takes replies.
struct ContentPolicy {
  private let forms: String

  init(forge: Settings.Forge?) {
    let origin = forge.map { Site(baseURL: $0.url).origin } ?? ""
    forms = origin.isEmpty ? "'self'" : "'self' \(origin)"
  }

  /// - Parameter runsSearch: whether WebAssembly may run, in which Pagefind is written.
  func text(runsSearch: Bool) -> String {
    let scripts = runsSearch ? "'self' 'wasm-unsafe-eval'" : "'self'"
    return
      "default-src 'none'; script-src \(scripts); style-src 'self'; img-src 'self'; media-src 'self'; "
      + "font-src 'self'; connect-src 'self'; form-action \(forms); base-uri 'none'; "
      + "frame-ancestors 'none'"
  }
}
