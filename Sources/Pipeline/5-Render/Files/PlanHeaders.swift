import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

extension Planner {
  /// Plans `_headers`, for hosts that support it (Netlify, Cloudflare Pages), with the policy that the site complies with.
  mutating func addHeaders() {
    let base = context.site.basePath
    let policy = ContentPolicy(context.settings)
    var text = """
      \(base)/*
        Content-Security-Policy: \(policy.text)
        X-Content-Type-Options: nosniff
        Referrer-Policy: strict-origin-when-cross-origin

      """
    for file in context.assets.files {
      text +=
        "\(context.href(file.address))\n  Cache-Control: public, max-age=31536000, immutable\n"
    }
    if let twin = PageKind.conversation.twin(of: SiteAddress("/*/"), context.settings) {
      text += "\(context.href(twin))\n  Content-Type: text/markdown; charset=utf-8\n"
    }
    add(Array(text.utf8), at: SiteAddress("/_headers"), .entrance)
  }
}

/// The sources that a page may load and the targets of its forms: only the site itself, and the forge that receives replies.
struct ContentPolicy {
  private let forms: String
  private let connections: String

  init(_ settings: Settings) {
    let forge = settings.forgeReply == .off ? nil : settings.forge?.url
    let origin = (settings.reply.service ?? forge).map { Site(baseURL: $0).origin } ?? ""
    forms = origin.isEmpty ? "'self'" : "'self' \(origin)"
    // Where a script fetches the token of a form.
    connections = settings.reply.service == nil ? "'self'" : forms
  }

  var text: String {
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
      + "font-src 'self'; connect-src \(connections); form-action \(forms); base-uri 'none'; "
      + "frame-ancestors 'none'"
  }
}
