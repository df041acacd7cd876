internal import StoaLink
internal import StoaModel
internal import StoaTemplates

/// What git tells of a text: a block on pages, a mark on responses.
internal enum HistoryView {
  internal static let shape = Shape(
    "history",
    [
      .init("since", .record { moment }, "when the text was first committed"),
      .init("changed", .record { moment }, "when it was last changed, if it was"),
      .init("editors", .records { editor }, "who had a hand in it besides its authors"),
      .init("hasEditors", .flag, "whether anybody had"),
    ])

  internal static let moment = Shape(
    "moment of history",
    [.init("machine", .text, "for `datetime`"), .init("text", .text, "in words, with the date")])

  internal static let editor = Shape(
    "editor",
    [
      .init("name", .text, "the name as it is shown"),
      .init("url", .text, "the contributor's page, or empty"),
      .init("separator", .text, "what stands between this name and the one before, or empty"),
    ])

  /// Nothing when git does not know the text.
  internal static func view(_ revisions: Revisions?, _ context: ViewContext) -> Value {
    guard let revisions else { return .nothing }
    let words = context.words
    let editors = revisions.editors
    return .record(
      Record(
        shape,
        [
          "since": moment(
            revisions.created, words.phrase("here-since", date(revisions.created, words))),
          "changed": revisions.lastChanged.map {
            moment($0, words.phrase("last-changed", date($0, words)))
          } ?? .nothing,
          "editors": .list(
            editors.enumerated().map { index, speaker in
              .record(
                Record(
                  editor,
                  [
                    "name": .text(context.name(of: speaker)),
                    "url": .text(address(of: speaker, context)),
                    "separator": .text(
                      index == 0
                        ? ""
                        : words.text(
                          index == editors.count - 1 ? "last-name-separator" : "name-separator")),
                  ]))
            }), "hasEditors": .flag(!editors.isEmpty),
        ]))
  }

  /// The mark of a response that was changed after it was written; nothing when it was not.
  internal static func mark(_ revisions: Revisions?, _ context: ViewContext) -> Value {
    guard let revisions, let changed = revisions.lastChanged else { return .nothing }
    let words = context.words
    let date = words.date(changed)
    let names = context.phrase(ofNames: revisions.editors.map { context.name(of: $0) })
    return moment(
      changed,
      names.isEmpty
        ? words.phrase("edited", ["date": date])
        : words.phrase("edited-by", ["date": date, "names": names]))
  }

  private static func date(
    _ moment: Moment, _ words: Words
  ) -> KeyValuePairs<String, String> { ["date": words.date(moment)] }

  private static func moment(_ moment: Moment, _ text: String) -> Value {
    .record(
      Record(
        Self.moment, ["machine": .text(moment.machineReadable), "text": .text(text)]))
  }

  private static func address(of speaker: Speaker, _ context: ViewContext) -> String {
    guard case .contributor(let index) = speaker else { return "" }
    return context.href(context.community.contributors[index].address)
  }
}
