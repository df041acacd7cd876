package import StoaHTML

/// What a file of the site shows, as data: a kind of file, which is the type, and its subject.
///
/// All that changes while a preview runs comes with the context, so a plan made once shows other words in another context.
/// It is `Hashable` for the sake of what is not: no community, conversation, text, view or function is, so the compiler refuses
/// a file that keeps one and would go on showing what it said before.
package protocol Rendering: Hashable, Sendable {
  /// Appends the file's bytes, the same for the same context, on any thread.
  func write(_ context: RenderContext, into buffer: inout ByteBuffer) throws
}
