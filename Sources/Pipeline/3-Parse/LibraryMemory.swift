import CMarkGFM
import CTextMemory

/// The memory that cmark-gfm uses for one document, which is freed all at once.
///
/// cmark-gfm has an arena of its own, but in gfm.6 a string that outgrows its arena's chunk becomes empty, so that text is lost
/// silently.
struct LibraryMemory {
  private let functions: UnsafeMutablePointer<cmark_mem>

  /// Gives cmark-gfm Stoa's region; a process has one, so only one document at a time may use it.
  init() {
    functions = .allocate(capacity: 1)
    functions.initialize(
      to: cmark_mem(
        calloc: stoa_text_calloc, realloc: stoa_text_realloc, free: stoa_text_free))
  }

  /// Calls a closure with memory for one document; nothing may use the memory after the call.
  func use<Value>(_ body: (UnsafeMutablePointer<cmark_mem>) -> Value) -> Value {
    defer { stoa_text_reset() }
    return body(functions)
  }
}
