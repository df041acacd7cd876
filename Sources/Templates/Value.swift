package import StoaHTML

/// A value that a template can show: a closed set, so that a template can never run code.
package enum Value: Sendable {
  /// False, and empty when written.
  case nothing
  case flag(Bool)
  /// Text: `{{name}}` escapes it. False when it is empty.
  case text(String)
  /// HTML that has passed the sanitiser or was made by a template: `{{{name}}}` writes it unescaped. False when it is nil.
  case html(Markup?)
  case list([Value])
  case record(Record)
}

/// A piece of HTML that can write itself.
package struct Markup: Sendable {
  package let write: @Sendable (inout ByteBuffer) -> Void
  /// Adds what determines the bytes.
  let identify: @Sendable (inout PartIdentity) -> Void

  package init(
    identifiedBy identify: @escaping @Sendable (inout PartIdentity) -> Void,
    _ write: @escaping @Sendable (inout ByteBuffer) -> Void
  ) {
    self.identify = identify
    self.write = write
  }

  package init(_ bytes: [UInt8]) {
    identify = { $0.add(bytes) }
    write = { $0.write(bytes) }
  }
}
