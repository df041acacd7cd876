/// A wrong option, as opposed to wrong content.
///
/// The description says which option is wrong and which values it takes. Commands end with status 64.
public struct UsageError: Error, CustomStringConvertible {
  package init(_ description: String) {
    self.description = description
  }

  /// One sentence in lower case without a full stop.
  public let description: String
}
