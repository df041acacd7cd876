import StoaModel

/// Why a formula or diagram is not shown as its author may expect.
enum TypesetProblem {
  /// With the tool's reason.
  case refused(String)
  case exhausted
  /// It was not tried, because earlier ones of its document took too long.
  case notTried
  case tooLarge
  /// The tool's answer cannot be put on a page.
  case unfit
}

extension FormulaSource {
  func notice(_ problem: TypesetProblem) -> Diagnostic {
    let (message, suggestion) =
      switch problem {
      case .refused(let reason):
        (
          "pandoc cannot read this formula" + (reason.isEmpty ? "" : ": \(reason)"),
          "write it in LaTeX's mathematics, or write \\$ for a dollar sign that begins no formula"
        )
      case .exhausted:
        ("this formula takes pandoc too long, or too much memory", "write a shorter formula")
      case .notTried:
        (
          "this formula was not given to pandoc, because two others of this document took too long",
          "shorten those, which other messages name"
        )
      case .tooLarge:
        (
          "this formula has more than \(FormulaLimit.source >> 10) KiB",
          "divide it into several formulas"
        )
      case .unfit:
        (
          "what pandoc makes of this formula cannot be shown",
          "write a formula with something visible in it, and fewer levels"
        )
      }
    return Diagnostic(
      .unreadFormula, at: location, "\(message): its source is shown", suggestion: suggestion)
  }
}

extension DiagramSource {
  func notice(_ problem: TypesetProblem) -> Diagnostic {
    var location = location
    let (message, suggestion): (String, String)
    switch problem {
    case .refused(let reason):
      // Graphviz counts lines from the first line of the block's content, which is after the fence.
      let error = GraphvizError(reason)
      if let line = error.line, line <= dot.count(where: { $0 == 0x0A }) + 1 {
        location = SourceLocation(file: location.file, line: location.line + line, column: 1)
      }
      message =
        "Graphviz cannot read this diagram" + (error.text.isEmpty ? "" : ": \(error.text)")
      suggestion = "write one graph in the language of dot, such as digraph { a -> b }"
    case .exhausted:
      message = "this diagram takes Graphviz too long, or too much memory"
      suggestion = "draw fewer nodes, or remove splines=ortho"
    case .notTried:
      message =
        "this diagram was not given to Graphviz, because two others of this document took too long"
      suggestion = "simplify those, which other messages name"
    case .tooLarge:
      message = "this diagram has more than \(DiagramLimit.source >> 10) KiB"
      suggestion = "divide it into several diagrams"
    case .unfit:
      message = "what Graphviz makes of this diagram cannot be shown"
      suggestion = "write one graph with something visible in it, and not too large"
    }
    return Diagnostic(
      .unreadDiagram, at: location, "\(message): its source is shown", suggestion: suggestion)
  }

  /// Reports the parts of a drawing that are not shown.
  func notices(of drawing: DiagramReader.Drawing) -> [Diagnostic] {
    var notices: [Diagnostic] = []
    if !drawing.removedElements.isEmpty {
      let names = drawing.removedElements.sorted().map { "<\($0)>" }.joined(separator: ", ")
      notices.append(
        Diagnostic(
          .unreadDiagram, at: location, "a part of this diagram is not shown: \(names)",
          suggestion: "use shapes, lines and words alone: no images, and no colours in gradients"))
    }
    for address in drawing.refusedAddresses {
      notices.append(
        Diagnostic(
          .unsafeAddress, at: location,
          "the address “\(address.shortened(to: 120))” is not allowed in a diagram",
          suggestion: "write a whole address, which begins with https://"))
    }
    return notices
  }
}

extension String {
  /// At most this many scalars, on one line.
  func shortened(to length: Int) -> String {
    let short = unicodeScalars.prefix(length)
    return (String(short) + (short.count < unicodeScalars.count ? "…" : "")).printable
  }
}
