import StoaLoad
import StoaModel

/// Reads dates that other tools wrote.
struct SourceDates: Sendable {
  let reader: DateReader

  /// ISO 8601 in its many forms, or seconds or milliseconds since 1970; nil for anything else.
  ///
  /// A date without a zone is in the site's zone.
  func read(_ text: String) -> Timestamp? {
    let text = CleanText.trim(text)
    if let number = Int64(text) { return epoch(number) }
    if let moment = reader.read(text) { return moment }
    for zone in [" UTC", " GMT", " Z"] where text.hasSuffix(zone) {
      return reader.read(String(text.dropLast(zone.count)) + "Z")
    }
    return nil
  }

  /// `2014-11-25 08:30:00`, which is in UTC; nil for `0000-00-00 00:00:00`, which means no date.
  func readUTC(_ text: String) -> Timestamp? { reader.read(CleanText.trim(text) + "Z") }

  private func epoch(_ number: Int64) -> Timestamp? {
    // Eleven digits or more are milliseconds: as seconds they would be after the year 2286.
    let seconds = number.magnitude > 9_999_999_999 ? number / 1_000 : number
    guard seconds > 99_999_999, seconds < 253_402_300_800 else { return nil }
    return reader.timestamp(atInstant: seconds)
  }
}
