import StoaAddresses
import StoaHTML
package import StoaLink
package import StoaModel

/// A monthly digest for mail: with absolute URLs, and without the theme.
struct DigestLetter {
  private let digest: Digest
  private let context: ViewContext
  private let sections: [DigestSection]

  init(_ digest: Digest, _ context: ViewContext) {
    self.digest = digest
    self.context = context
    sections = context.sections(of: digest)
  }

  var title: String { context.digestTitle(of: digest.month) }

  /// The sections as HTML.
  func writeHTML(into buffer: inout ByteBuffer) {
    for section in sections {
      buffer.write("<h2>")
      buffer.writeEscaped(section.title)
      buffer.write("</h2>\n<ul>\n")
      for item in section.items {
        buffer.write("<li><a href=\"")
        buffer.writeEscaped(address(of: item))
        buffer.write("\">")
        buffer.writeEscaped(item.title)
        buffer.write("</a> (")
        buffer.writeEscaped(item.note)
        buffer.write(")</li>\n")
      }
      buffer.write("</ul>\n")
    }
  }

  /// A complete HTML page.
  var page: [UInt8] {
    var buffer = ByteBuffer()
    let language = context.settings.language
    buffer.write("<!doctype html>\n<html lang=\"")
    buffer.writeEscaped(language)
    buffer.write("\" dir=\"")
    buffer.writeEscaped(context.direction(of: language))
    buffer.write("\">\n<head><meta charset=\"utf-8\"><title>")
    buffer.writeEscaped(subject)
    buffer.write("</title></head>\n<body>\n<h1>")
    buffer.writeEscaped(title)
    buffer.write("</h1>\n")
    writeHTML(into: &buffer)
    buffer.write("<p><a href=\"")
    buffer.writeEscaped(context.site.absolute(.digest(of: digest.month)))
    buffer.write("\">")
    buffer.writeEscaped(context.settings.title)
    buffer.write("</a></p>\n</body>\n</html>\n")
    return buffer.bytes
  }

  var markdown: String {
    var lines = ["# \(Self.escaped(title))", ""]
    for section in sections {
      lines += ["## \(Self.escaped(section.title))", ""]
      lines += section.items.map {
        "- [\(Self.escaped($0.title))](<\(address(of: $0))>) (\(Self.escaped($0.note)))"
      }
      lines.append("")
    }
    lines.append(
      "[\(Self.escaped(context.settings.title))](<\(context.site.absolute(.digest(of: digest.month)))>)"
    )
    return lines.joined(separator: "\n") + "\n"
  }

  /// The digest as plain text.
  private var plainText: String {
    var lines = [title, ""]
    for section in sections {
      lines += [section.title, ""]
      for item in section.items {
        lines += ["* \(item.title) (\(item.note))", "  \(address(of: item))"]
      }
      lines.append("")
    }
    lines.append(context.site.absolute(.digest(of: digest.month)))
    return lines.joined(separator: "\n") + "\n"
  }

  private var subject: String { "\(context.settings.title): \(title)" }

  /// A message without sender and recipients, which a mail program opens as a draft (RFC 5322, RFC 2045 to 2047).
  ///
  /// - Parameter date: the day for its `Date` field.
  func message(on date: CalendarDay) -> String {
    let host = context.identities.mailHost
    let boundary = "=_digest-\(digest.month)"
    let part = { (type: String, body: [UInt8]) -> [String] in
      [
        "--\(boundary)", "Content-Type: \(type); charset=utf-8",
        "Content-Transfer-Encoding: base64", "",
      ] + Base64Text.lines(of: body) + [""]
    }
    let lines =
      [
        "Date: \(Self.mailDate(date))", "Message-ID: <digest-\(digest.month)@\(host)>",
      ] + Base64Text.header("Subject", subject) + [
        "X-Unsent: 1", "MIME-Version: 1.0",
        "Content-Type: multipart/alternative; boundary=\"\(boundary)\"", "",
      ] + part("text/plain", Array(plainText.utf8)) + part("text/html", page)
      + ["--\(boundary)--", ""]
    return lines.joined(separator: "\r\n")
  }

  private func address(of item: DigestSection.Item) -> String {
    context.site.origin + context.href(of: item.reference)
  }

  /// A weekday of the proleptic Gregorian calendar, in which 1 January 1970 was a Thursday.
  private static func mailDate(_ day: CalendarDay) -> String {
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let weekday = weekdays[((day.daysSinceEpoch % 7) + 7) % 7]
    return "\(weekday), \(day.day) \(months[day.month - 1]) \(day.year) 00:00:00 +0000"
  }

  /// A text with all characters escaped that markdown could interpret.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII, "\\`*_{}[]<>()#+-.!|~&@:".unicodeScalars.contains(scalar) {
        result += "\\"
      }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}

/// Writes the digest of a month; nil when nothing happened, when the month is not over, or when the theme cannot be used.
package func digest(
  of month: CalendarMonth, as format: DigestFormat, _ community: Community, options: RenderOptions
) -> [UInt8]? {
  let theme = SiteTheme(community)
  guard let strings = theme.strings,
    let digest = community.digests.first(where: { $0.month == month })
  else { return nil }
  let context = ViewContext(
    community: community, site: Site(baseURL: options.baseURL), strings: strings,
    assets: ThemeAssets(theme.files, strings, community: community), highlights: options.highlights,
    replyForm: nil)
  let letter = DigestLetter(digest, context)
  switch format {
  case .markdown: return Array(letter.markdown.utf8)
  case .html: return letter.page
  case .eml: return Array(letter.message(on: community.asOf.day).utf8)
  }
}
