/// A date in the content: a day, or an instant, with its form in the community's time zone.
///
/// A day is the same day everywhere and is sorted as 00:00 in the community's zone. `seconds` decides ties: a day and an instant
/// may be at the same place in the order, but are never equal. This type reads no clock: moments come from content, from history or
/// from `--as-of`.
package struct Timestamp: Sendable, Hashable, Comparable {
  /// Seconds since 1970-01-01T00:00:00Z.
  package let seconds: Int64
  /// The offset of the community's zone from UTC at that instant, in seconds.
  package let offset: Int32
  /// Whether only a day was written.
  package let isDay: Bool

  package init(seconds: Int64, offset: Int32, isDay: Bool) {
    self.seconds = seconds
    self.offset = offset
    self.isDay = isDay
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

  /// Whether it is certainly before another: a day has no hour that could be compared.
  package func isBefore(_ other: Timestamp) -> Bool {
    isDay || other.isDay ? day < other.day : self < other
  }

  /// The civil day in the community's zone.
  package var day: CalendarDay {
    CalendarDay(daysSinceEpoch: Int((seconds + Int64(offset)).flooredQuotient(by: 86_400)))
  }

  /// Seconds since midnight in the community's zone.
  package var secondOfDay: Int {
    let local = seconds + Int64(offset)
    return Int(local - local.flooredQuotient(by: 86_400) * 86_400)
  }

  /// The date for HTML's `datetime`: `2026-03-04`, or `2026-03-04T09:10:00+01:00`.
  package var machineReadable: String { isDay ? day.description : iso8601 }

  /// The date in RFC 3339's form, a day as 00:00: `2026-03-04T00:00:00+01:00`.
  package var iso8601: String {
    let time = secondOfDay
    return DigitText.make { text in
      day.write(to: &text)
      text.write("T", time / 3_600)
      text.write(":", time / 60 % 60)
      text.write(":", time % 60)
      if offset == 0 {
        text.write("Z")
      } else {
        let minutes = abs(Int(offset)) / 60
        text.write(offset < 0 ? "-" : "+", minutes / 60)
        text.write(":", minutes % 60)
      }
    }
  }
}
