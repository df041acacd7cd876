package import StoaModel

/// Reads dates in content, in the community's time zone.
package struct DateReader: Sendable {
  package let zone: TimeZoneRules

  package init(zone: TimeZoneRules) {
    self.zone = zone
  }

  /// Reads ISO 8601: `2026-03-04`, or a day, `T` or a space, `hh:mm[:ss[.f]]`, and optionally `Z` or `±hh[:mm]`.
  ///
  /// Without a zone the time is in the community's. Fractions of a second are dropped. Nil for anything else.
  package func read(_ text: String) -> Timestamp? {
    var scanner = Scanner(bytes: Array(text.utf8))
    guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2),
      scanner.skip("-"), let dayNumber = scanner.digits(2),
      let day = CalendarDay(year: year, month: month, day: dayNumber)
    else { return nil }
    if scanner.isAtEnd { return timestamp(of: day) }
    guard scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
      let hour = scanner.digits(2), scanner.skip(":"), let minute = scanner.digits(2),
      hour < 24, minute < 60
    else { return nil }
    var second = 0
    if scanner.skip(":") {
      // 60 is a leap second: the first second of the next minute in POSIX time.
      guard let read = scanner.digits(2), read <= 60 else { return nil }
      second = read
      if scanner.skip(".") || scanner.skip(",") {
        guard scanner.skipDigits() else { return nil }
      }
    }
    let local = Int64(day.daysSinceEpoch) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
    if scanner.isAtEnd { return timestamp(atInstant: zone.instant(ofLocal: local)) }
    _ = scanner.skip(" ")
    guard let ahead = scanner.offset(), scanner.isAtEnd else { return nil }
    return timestamp(atInstant: local - Int64(ahead))
  }

  /// A day, at 00:00 in the community's zone.
  package func timestamp(of day: CalendarDay) -> Timestamp {
    let instant = zone.instant(ofLocal: Int64(day.daysSinceEpoch) * 86_400)
    return Timestamp(seconds: instant, offset: zone.offset(at: instant), isDay: true)
  }

  /// An instant in seconds since 1970.
  package func timestamp(atInstant seconds: Int64) -> Timestamp {
    Timestamp(seconds: seconds, offset: zone.offset(at: seconds), isDay: false)
  }

  private struct Scanner {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    mutating func digits(_ count: Int) -> Int? {
      guard position + count <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[position..<(position + count)] {
        guard ASCII.isDigit(byte) else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      position += count
      return value
    }

    mutating func skipDigits() -> Bool {
      let start = position
      while digits(1) != nil {}
      return position > start
    }

    /// Seconds ahead of UTC.
    mutating func offset() -> Int? {
      if skip("Z") || skip("z") { return 0 }
      let sign = skip("-") ? -1 : 1
      guard sign == -1 || skip("+"), let hours = digits(2), hours < 24 else { return nil }
      _ = skip(":")
      guard !isAtEnd else { return sign * hours * 3_600 }
      guard let minutes = digits(2), minutes < 60 else { return nil }
      return sign * (hours * 3_600 + minutes * 60)
    }
  }
}
