import CMarkGFM
import CTextMemory

/// The memory that the library uses for one document, all of which goes back at once.
///
/// The library has an arena of its own, but in gfm.6 a string that outgrows its arena's chunk comes back empty, so that text is
/// lost without a word.
struct LibraryMemory {
  private let functions: UnsafeMutablePointer<cmark_mem>

  /// Gives the library Stoa's region; there is one in a process, so it must be used for one document at a time.
  init() {
    functions = .allocate(capacity: 1)
    functions.initialize(
      to: cmark_mem(
        calloc: stoa_text_calloc, realloc: stoa_text_realloc, free: stoa_text_free))
  }

  /// Does something with memory for one document; nothing of the memory may outlive the call.
  func use<Value>(_ body: (UnsafeMutablePointer<cmark_mem>) -> Value) -> Value {
    defer { stoa_text_reset() }
    return body(functions)
  }
}
