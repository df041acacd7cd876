package import StoaHTML

/// A file of the site as data: its type is the kind of file, and its properties are its subject.
///
/// Everything that changes while a preview runs is in the context, so a plan that was made once shows new text in a new context. It
/// is `Hashable` because no community, conversation, document, view or closure is: so the compiler rejects a file that stores one
/// and would therefore keep showing old content.
package protocol Rendering: Hashable, Sendable {
  /// Appends the file's bytes, on any thread; they depend only on the context.
  func write(_ context: RenderContext, into buffer: inout ByteBuffer) throws
}
