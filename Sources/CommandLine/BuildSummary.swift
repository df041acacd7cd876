internal import Stoa
internal import StoaWrite

/// The table at the end of a build.
internal enum BuildSummary {
  internal static func print(_ report: BuildReport, elapsed: Duration) {
    guard let written = report.written else { return }
    var rows = [
      ("posts", String(report.counts.posts)),
      ("responses", String(report.counts.responses)),
      ("contributors", String(report.counts.contributors)),
      ("topics", String(report.counts.topics)),
      ("pages", String(report.counts.pages)),
      ("written", String(written.written)),
      ("unchanged", String(written.unchanged)),
      ("removed", String(written.removed)),
    ]
    if report.warningCount > 0 { rows.append(("warnings", String(report.warningCount))) }
    if report.errorCount > 0 { rows.append(("errors", String(report.errorCount))) }
    if !report.audience.isEmpty { rows.append(("audience", report.audience)) }
    rows.append(("as of", report.asOf))
    let width = rows.map(\.0.count).max() ?? 0
    let numberWidth = rows.map(\.1.count).max() ?? 0
    for (label, value) in rows {
      Terminal.print("\(pad(label, to: width))  \(padStart(value, to: numberWidth))")
    }
    Terminal.print("Done in \(milliseconds(elapsed)) ms")
  }

  internal static func printStages(of report: BuildReport) {
    for stage in report.stages {
      Terminal.printError(
        "\(pad(stage.name, to: 8)) \(padStart(milliseconds(stage.duration), to: 7)) ms")
    }
  }

  /// Why nothing was written.
  internal static func refusal(of report: BuildReport, isStrict: Bool) -> String {
    let noun = report.errorCount == 1 ? "error" : "errors"
    let strictness = isStrict ? " (warnings count as errors)" : ""
    return
      "Nothing was written: \(report.errorCount) \(noun)\(strictness). --keep-going writes the rest."
  }

  internal static func milliseconds(_ duration: Duration) -> String {
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
