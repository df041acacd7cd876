extension ImportReport {
  /// The report for people: sums, what was left out and why, and what a person should check.
  ///
  /// - Parameter listsAll: Whether it has a line for each item.
  /// - Returns: Lines of text.
  public func text(listsAll: Bool) -> String {
    var lines = ["\(kind) \(site)\(isDryRun ? " (nothing was written)" : "")", ""]
    lines += table()
    lines.append("")
    let states = ImportReport.Entry.FileState.allCases.compactMap { state -> String? in
      let count = count(state)
      return count > 0 ? "\(count) \(state.rawValue)" : nil
    }
    if !states.isEmpty { lines.append("files: " + states.joined(separator: ", ")) }
    lines += notes
    let leftOut = entries.filter {
      if case .leftOut = $0.outcome { !$0.noun.isEmpty } else { false }
    }
    add("Left out", leftOut, to: &lines) { entry in
      if case .leftOut(let reason) = entry.outcome { [reason] } else { [] }
    }
    add("Worth a look", entries.filter { !$0.notes.isEmpty }, to: &lines) { $0.notes }
    add(
      "Kept as people left them", entries.filter { $0.file == .edited || $0.file == .removed },
      to: &lines
    ) {
      [$0.file?.rawValue ?? ""]
    }
    if listsAll {
      lines += ["", "Everything"]
      for entry in entries where !entry.noun.isEmpty {
        lines.append("  \(entry.noun) \(entry.source): \(entry.outcome.words)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func table() -> [String] {
    let rows =
      [["", "found", "imported", "merged", "left out"]]
      + sums.map { sum in
        [sum.noun] + [sum.found, sum.imported, sum.merged, sum.leftOut].map(String.init)
      }
    let widths = (0..<5).map { column in rows.map { $0[column].utf8.count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.utf8.count)
        return column == 0 ? cell + space : space + cell
      }.joined(separator: "  ")
    }
  }

  /// Groups entries by their notes, so that a hundred entries with the same note get one heading.
  private func add(
    _ title: String, _ entries: [ImportReport.Entry], to lines: inout [String],
    _ words: (ImportReport.Entry) -> [String]
  ) {
    guard !entries.isEmpty else { return }
    var order: [String] = []
    var groups: [String: [String]] = [:]
    for entry in entries {
      for word in words(entry) {
        if groups[word] == nil { order.append(word) }
        groups[word, default: []].append(
          "\(entry.noun.isEmpty ? "" : entry.noun + " ")\(entry.source)")
      }
    }
    lines += ["", title]
    for word in order {
      lines.append("  \(word):")
      lines += (groups[word] ?? []).map { "    \($0)" }
    }
  }
}

extension ImportReport.Entry.Outcome {
  fileprivate var words: String {
    switch self {
    case .imported(let path): "imported to \(path)"
    case .merged(let place): "merged into \(place)"
    case .leftOut(let reason): "left out: \(reason)"
    }
  }
}
