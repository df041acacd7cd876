/// A wrong option, as opposed to wrong content.
///
/// The description names the wrong option and its valid values. Commands exit with code 64.
public struct UsageError: Error, CustomStringConvertible {
  package init(_ description: String) {
    self.description = description
  }

  /// One sentence in lower case without a full stop.
  public let description: String
}
