package import StoaExternalTools
package import StoaLink
package import StoaModel

/// Makes MathML of every formula and drawings of every diagram in a community, if its settings ask for it.
///
/// One pandoc process serves the whole build, and Graphviz runs once for each diagram; neither is started if the cache has all
/// answers. Their output is parsed into trees with closed lists of elements and attributes, and written anew.
///
/// Never fails a build: a formula or diagram that cannot be shown stays as its source, and a diagnostic reports it.
package func typeset(
  _ community: Community, tools: ToolFinder, cache: CacheFolder
) -> Typesetting {
  var typesetting = Typesetting()
  let settings = community.settings
  guard settings.math || settings.diagrams else { return typesetting }
  let sources = TypesetSources(community)
  if settings.math, !sources.formulas.isEmpty {
    typesetFormulas(sources.formulas, tools, cache, &typesetting)
  }
  if settings.diagrams, !sources.diagrams.isEmpty {
    typesetDiagrams(sources.diagrams, tools, cache, &typesetting)
  }
  return typesetting
}

private func typesetFormulas(
  _ formulas: [FormulaSource], _ tools: ToolFinder, _ cache: CacheFolder,
  _ typesetting: inout Typesetting
) {
  guard let path = tools.onPath("pandoc") else {
    return typesetting.report(
      missing: "formulas are shown as their source, because pandoc is not installed",
      suggestion: "install it: apt install pandoc")
  }
  let tool = ExternalTool(path: path)
  var known = TypesetCache(cache, "formulas", for: tool)
  var session = PandocSession(tool, formulas, known: known)
  session.answer()
  guard session.isUsable else {
    return typesetting.report(
      missing: "formulas are shown as their source, because the pandoc at \(path) does not work",
      suggestion: "install pandoc 2.15 or later")
  }
  known.add(session.answers)
  known.store(in: cache, keeping: formulas.map(\.key))
  typesetting.show(formulas, known) { formula, bytes, typesetting in
    guard let markup = MathML.markup(from: bytes, of: formula) else { return false }
    typesetting.formulas[formula.key] = markup
    return true
  }
}

private func typesetDiagrams(
  _ diagrams: [DiagramSource], _ tools: ToolFinder, _ cache: CacheFolder,
  _ typesetting: inout Typesetting
) {
  guard let path = tools.onPath("dot") else {
    return typesetting.report(
      missing: "diagrams are shown as their source, because Graphviz is not installed",
      suggestion: "install it: apt install graphviz")
  }
  let graphviz = Graphviz(path: path)
  var known = TypesetCache(cache, "diagrams", for: graphviz.tool)
  var session = GraphvizSession(graphviz)
  session.answer(diagrams, known: known)
  known.add(session.answers)
  known.store(in: cache, keeping: diagrams.map(\.key))
  typesetting.show(diagrams, known) { diagram, bytes, typesetting in
    guard let drawing = DiagramReader.read(bytes) else { return false }
    typesetting.diagrams[diagram.key] = drawing.diagram
    typesetting.diagnostics += diagram.notices(of: drawing)
    return true
  }
}

extension Typesetting {
  fileprivate mutating func report(missing message: String, suggestion: String) {
    diagnostics.append(
      Diagnostic(
        .missingTool, at: SourceLocation(file: "stoa.yml"), message, suggestion: suggestion))
  }

  /// Uses a tool's answers, and reports each formula or diagram that stays as its source.
  ///
  /// - Parameter take: adds the tool's markup; returns false when it cannot be shown.
  fileprivate mutating func show<Source: TypesetSource>(
    _ sources: [Source], _ answers: TypesetCache,
    _ take: (Source, [UInt8], inout Typesetting) -> Bool
  ) {
    var patience = Patience()
    for source in sources {
      let answer = patience.allows(source) ? answers[source.key] : nil
      patience.meet(source, answer)
      let problem: TypesetProblem? =
        switch answer {
        case .markup(let bytes): take(source, bytes, &self) ? nil : .unfit
        case .refused(let reason): .refused(reason)
        case .exhausted: .exhausted
        case nil: source.isTooLarge ? .tooLarge : .notTried
        }
      if let problem { diagnostics.append(source.notice(problem)) }
    }
  }
}

/// A tool's answer about a formula or a diagram.
enum TypesetAnswer: Sendable, Hashable {
  case markup([UInt8])
  /// The tool cannot read it; with its reason.
  case refused(String)
  /// It took too long, or too much memory.
  case exhausted
}
