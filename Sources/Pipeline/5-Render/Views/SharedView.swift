import StoaLink
import StoaModel
import StoaTemplates

/// The audience that a document is shared with, since when, and who agreed.
struct SharedView: Shaped {
  private let moment: Timestamp?
  private let text: String

  /// Nil if nobody had to agree, or if everybody sees the complete site.
  init?(
    _ agreed: [Index<ContributorEntry>], _ audience: Audience, _ revisions: Revisions?,
    _ context: ViewContext
  ) {
    guard !agreed.isEmpty, !context.settings.audiences.isEmpty else { return nil }
    let isForAll = audience >= context.settings.widestAudience
    let readers =
      isForAll ? context.strings.text("everyone") : context.settings.name(of: audience)
    let names = context.names(agreed)
    moment = revisions?.shared
    text =
      moment.map {
        context.strings.phrase(
          "shared-on-agreed",
          ["audience": readers, "date": context.strings.date($0), "names": names])
      } ?? context.strings.phrase("shared-agreed", ["audience": readers, "names": names])
  }

  init?(_ response: ThreadedResponse, _ context: ViewContext) {
    guard response.isAgreed, case .contributor(let author)? = response.speaker else { return nil }
    self.init([author], response.audience, response.revisions, context)
  }

  static let shape = Shape<Self>(
    "sharing",
    [
      .text("machine", "since when, for `datetime`; empty where nobody can tell") {
        $0.moment?.machineReadable ?? ""
      },
      .text("text", "with whom, since when and who agreed, in words") { $0.text },
    ])
}
