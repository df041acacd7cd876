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

/// A day of the proleptic Gregorian calendar.
package struct CalendarDay: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let year: Int
  package let month: Int
  package let day: Int

  /// Makes the day, or nil when there is no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9_999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Howard Hinnant's `civil_from_days`, https://howardhinnant.github.io/date_algorithms.html.
  package init(daysSinceEpoch: Int) {
    let shifted = daysSinceEpoch + 719_468
    let era = Int64(shifted).flooredQuotient(by: 146_097)
    let dayOfEra = shifted - Int(era) * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0)
  }

  /// Howard Hinnant's `days_from_civil`.
  package var daysSinceEpoch: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = Int(Int64(shiftedYear).flooredQuotient(by: 400))
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  package var description: String { DigitText.make { write(to: &$0) } }

  fileprivate func write(to text: inout DigitText) {
    // An offset can lead beyond the last supported year, and git allows any year.
    if (0...9_999).contains(year) {
      text.write(year, width: 4)
    } else {
      text.write(String(year))
    }
    text.write("-", month)
    text.write("-", day)
  }

  package static func < (left: CalendarDay, right: CalendarDay) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }
}

/// A short text of digits and ASCII signs, built in place: every page and feed has dozens of dates.
private struct DigitText {
  /// An instant of the year 9999 with its offset has 25 bytes, and any other year adds at most 16.
  private static let capacity = 41

  private var bytes: UnsafeMutableBufferPointer<UInt8>
  private var count = 0

  fileprivate static func make(_ write: (inout DigitText) -> Void) -> String {
    String(unsafeUninitializedCapacity: capacity) { bytes in
      var text = DigitText(bytes: bytes)
      write(&text)
      return text.count
    }
  }

  private init(bytes: UnsafeMutableBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  fileprivate mutating func write(_ mark: Unicode.Scalar) {
    precondition(count < Self.capacity)
    bytes[count] = UInt8(ascii: mark)
    count += 1
  }

  fileprivate mutating func write(_ other: String) {
    for byte in other.utf8 {
      precondition(count < Self.capacity)
      bytes[count] = byte
      count += 1
    }
  }

  /// A sign, and two digits.
  fileprivate mutating func write(_ mark: Unicode.Scalar, _ number: Int) {
    write(mark)
    write(number, width: 2)
  }

  fileprivate mutating func write(_ number: Int, width: Int) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      precondition(count < Self.capacity)
      bytes[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10)
      count += 1
      divisor /= 10
    }
  }
}

extension Int64 {
  /// The quotient rounded towards negative infinity.
  fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
