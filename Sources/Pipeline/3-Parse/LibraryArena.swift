internal import CMarkGFM

/// The library's arena, from which everything of a text's tree comes and to which it goes back at once.
///
/// An arena begins with 4 MiB of zeros, which takes longer than most texts; so that piece is made once and left alone, and each
/// text has a level of its own above it.
struct LibraryArena {
  private var hasBegun = false

  /// Does something with the arena's memory for one text; nothing of the memory may outlive the call.
  mutating func use<Value>(_ body: (UnsafeMutablePointer<cmark_mem>?) -> Value) -> Value {
    let memory = cmark_get_arena_mem_allocator()
    if !hasBegun {
      // A level can only be put upon an arena that has something in it.
      _ = memory?.pointee.calloc(1, 1)
      hasBegun = true
    }
    cmark_arena_push()
    defer { _ = cmark_arena_pop() }
    return body(memory)
  }
}
