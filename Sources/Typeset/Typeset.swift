package import StoaExternalTools
package import StoaLink
package import StoaModel

/// Makes MathML of every formula and drawings of every diagram in a community, if its settings ask for it.
///
/// One pandoc serves the whole build, and Graphviz runs once for each diagram; none is started for what the cache has. What they
/// make is read into trees of closed lists of elements and attributes, and written anew.
///
/// Never fails a build: what cannot be shown stays its source, and a diagnostic reports it.
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
    typesetting.diagnostics.append(
      Diagnostic(
        .missingTool, at: SourceLocation(file: "stoa.yml"),
        "formulas are shown as their source, because pandoc is not installed",
        suggestion: "install it: apt install pandoc"))
    return
  }
  let tool = ExternalTool(path: path)
  var known = TypesetCache(cache, "formulas", for: tool)
  var session = PandocSession(tool)
  let unknown = formulas.filter { known[$0.key] == nil && $0.tex.count <= FormulaLimit.source }
  session.answer(unknown)
  guard session.isUsable else {
    typesetting.diagnostics.append(
      Diagnostic(
        .missingTool, at: SourceLocation(file: "stoa.yml"),
        "formulas are shown as their source, because the pandoc at \(path) does not work",
        suggestion: "install pandoc 2.15 or later"))
    return
  }
  known.add(session.answers)
  known.store(in: cache, keeping: formulas.map(\.key))
  for formula in formulas {
    switch known[formula.key] {
    case .markup(let bytes):
      if let markup = MathML.markup(from: bytes, of: formula) {
        typesetting.formulas[formula.key] = markup
      } else {
        typesetting.diagnostics.append(formula.notice(.unfit))
      }
    case .refused(let reason): typesetting.diagnostics.append(formula.notice(.refused(reason)))
    case .exhausted: typesetting.diagnostics.append(formula.notice(.exhausted))
    case nil:
      let isLarge = formula.tex.count > FormulaLimit.source
      typesetting.diagnostics.append(formula.notice(isLarge ? .tooLarge : .notTried))
    }
  }
}

private func typesetDiagrams(
  _ diagrams: [DiagramSource], _ tools: ToolFinder, _ cache: CacheFolder,
  _ typesetting: inout Typesetting
) {
  guard let path = tools.onPath("dot") else {
    typesetting.diagnostics.append(
      Diagnostic(
        .missingTool, at: SourceLocation(file: "stoa.yml"),
        "diagrams are shown as their source, because Graphviz is not installed",
        suggestion: "install it: apt install graphviz"))
    return
  }
  let graphviz = Graphviz(path: path)
  var known = TypesetCache(cache, "diagrams", for: graphviz.tool)
  var session = GraphvizSession(graphviz)
  session.answer(diagrams.filter { known[$0.key] == nil && $0.dot.count <= DiagramLimit.source })
  known.add(session.answers)
  known.store(in: cache, keeping: diagrams.map(\.key))
  for diagram in diagrams {
    switch known[diagram.key] {
    case .markup(let bytes):
      guard let drawing = DiagramReader.read(bytes) else {
        typesetting.diagnostics.append(diagram.notice(.unfit))
        continue
      }
      typesetting.diagrams[diagram.key] = drawing.diagram
      typesetting.diagnostics += diagram.notices(of: drawing)
    case .refused(let reason): typesetting.diagnostics.append(diagram.notice(.refused(reason)))
    case .exhausted: typesetting.diagnostics.append(diagram.notice(.exhausted))
    case nil:
      let isLarge = diagram.dot.count > DiagramLimit.source
      typesetting.diagnostics.append(diagram.notice(isLarge ? .tooLarge : .notTried))
    }
  }
}

/// What a tool said about a formula or a diagram.
enum TypesetAnswer: Sendable, Hashable {
  case markup([UInt8])
  /// The tool cannot read it; with its reason.
  case refused(String)
  /// It took too long, or too much memory.
  case exhausted
}
