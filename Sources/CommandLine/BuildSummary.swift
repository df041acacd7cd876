import Stoa
import StoaModel
import StoaWrite

/// The summary at the end of a build.
enum BuildSummary {
  /// A cell of the table: numbers are right-aligned, and words begin where numbers do.
  private enum Value {
    case number(Int, Terminal.Style?)
    case words(String)
  }

  /// Prints the table: how much content there is, what was written, for which audience, and how long it took.
  static func print(_ report: BuildReport, elapsed: Duration) {
    guard let written = report.written else { return }
    let counts = report.counts
    var rows: [(label: String, value: Value)] = [
      ("posts", .number(counts.posts, nil)),
      ("responses", .number(counts.responses, nil)),
      ("contributors", .number(counts.contributors, nil)),
      ("topics", .number(counts.topics, nil)),
      ("pages", .number(counts.pages, nil)),
      ("written", .number(written.written.count, .bold)),
      ("unchanged", .number(written.unchanged, nil)),
      ("removed", .number(written.removed.count, nil)),
    ]
    if report.warningCount > 0 { rows.append(("warnings", .number(report.warningCount, .yellow))) }
    if report.errorCount > 0 { rows.append(("errors", .number(report.errorCount, .red))) }
    if !report.audience.isEmpty { rows.append(("audience", .words(report.audience))) }
    rows.append(("as of", .words(report.asOf)))
    if let leftOut = words(report.leftOut) { rows.append(("left out", .words(leftOut))) }
    let labelWidth = rows.map(\.label.count).max() ?? 0
    let numberWidth = rows.map { digits(of: $0.value) }.max() ?? 0
    for (label, value) in rows {
      Terminal.print("\(pad(label, to: labelWidth))  \(text(of: value, width: numberWidth))")
    }
    Terminal.print("Done in \(milliseconds(elapsed)) ms")
  }

  /// “1 draft, 2 scheduled”; nil if nothing is left out.
  private static func words(_ leftOut: LeftOut) -> String? {
    let parts = [
      leftOut.drafts > 0 ? counted(leftOut.drafts, "draft") : nil,
      leftOut.scheduled > 0 ? "\(leftOut.scheduled) scheduled" : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private static func digits(of value: Value) -> Int {
    if case .number(let number, _) = value { String(number).count } else { 0 }
  }

  private static func text(of value: Value, width: Int) -> String {
    switch value {
    case .words(let words): return words
    case .number(let number, let style):
      let padded = padStart(String(number), to: width)
      guard let style else { return padded }
      return Terminal.styled(padded, number > 0 ? style : .faint, onError: false)
    }
  }

  static func printStages(of report: BuildReport) {
    let width = report.stages.map(\.name.count).max() ?? 0
    for stage in report.stages {
      Terminal.printError(
        "\(pad(stage.name, to: width)) \(padStart(milliseconds(stage.duration), to: 7)) ms")
    }
  }

  /// Why the build wrote nothing.
  static func refusal(of report: BuildReport, isStrict: Bool, keptGoing: Bool) -> String {
    var found = counted(report.errorCount, "error")
    if isStrict { found += " (warnings count as errors)" }
    if report.warningCount > 0 { found += ", " + counted(report.warningCount, "warning") }
    return Terminal.styled("Nothing was written:", .bold) + " \(found). "
      + (keptGoing
        ? "Nothing can be built without stoa.yml."
        : "Fix the errors, or pass --keep-going to write everything else.")
  }

  private static func counted(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  static func milliseconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    return String(seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
  }

  private static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func padStart(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
