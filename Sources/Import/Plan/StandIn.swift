/// The body of a placeholder post, for a page that the source does not have.
enum StandIn {
  /// - Parameter page: the page's old address or name; empty when it is unknown.
  static func text(for page: String) -> String {
    let shown = CleanText.line(page, maximumLength: 200).filter { $0 != "`" }
    let place = shown.isEmpty ? "" : " at `\(shown)`"
    return "The page that these responses were written about\(place) was not part of the import.\n"
  }
}
