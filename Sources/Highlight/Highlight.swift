package import StoaExternalTools
package import StoaLink
package import StoaModel

/// Highlights every code block of a community, if its settings ask for it.
///
/// One Pygments process serves the whole build; none is started if the cache has all blocks.
///
/// Never fails a build: without Pygments, code is not highlighted, and one note reports that.
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
