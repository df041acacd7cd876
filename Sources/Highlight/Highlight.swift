package import StoaExternalTools
package import StoaLink
package import StoaModel

/// Colours every code block of a community, if its settings ask for it: one Pygments for the whole build, and none when all
/// blocks were coloured before.
///
/// Never fails a build: without Pygments, code is plain and one note says so.
package func highlight(
  _ community: Community, tools: ToolFinder, cache: CacheFolder
) -> Highlights {
  var highlights = Highlights()
  guard community.settings.highlight == .pygments else { return highlights }
  let blocks = community.codeBlocks
  guard !blocks.isEmpty else { return highlights }

  let pythons = tools.pythons
  var known = HighlightCache(cache.read(HighlightCache.name) ?? [], for: pythons)
  let unknown = blocks.filter { known[$0] == nil }
  var session = PygmentsSession()
  if !unknown.isEmpty {
    session.answer(unknown, asking: pythons)
    known.add(session.answers, from: session.installation)
    cache.store([known.bytes(keeping: blocks)], as: HighlightCache.name)
  }
  for block in blocks {
    if case .spans(let spans)? = session.answers[block.key] ?? known[block] {
      highlights.spans[block.key] = spans
    }
  }
  highlights.diagnostics = session.diagnostics(for: unknown)
  return highlights
}
