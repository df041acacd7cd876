/// A month of a year.
package struct CalendarMonth: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let year: Int
  package let month: Int

  /// The month that a day is in.
  package init(_ day: CalendarDay) {
    year = day.year
    month = day.month
  }

  /// Reads `2026-06`; nil for all else.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 7, bytes[4] == UInt8(ascii: "-"),
      (bytes[..<4] + bytes[5...]).allSatisfy(ASCII.isDigit),
      let year = Int(text.prefix(4)), let month = Int(text.suffix(2)),
      let day = CalendarDay(year: year, month: month, day: 1)
    else { return nil }
    self.init(day)
  }

  /// As addresses have it, such as `2026-06`.
  package var description: String { String(CalendarDay(firstOf: self).description.dropLast(3)) }

  package var before: CalendarMonth {
    CalendarMonth(CalendarDay(daysSinceEpoch: CalendarDay(firstOf: self).daysSinceEpoch - 1))
  }

  /// Whether it has ended on a day.
  package func isOver(on day: CalendarDay) -> Bool { self < CalendarMonth(day) }

  package static func < (left: CalendarMonth, right: CalendarMonth) -> Bool {
    left.year != right.year ? left.year < right.year : left.month < right.month
  }
}

extension CalendarDay {
  fileprivate init(firstOf month: CalendarMonth) {
    // A month is made of a day, so it has a first one.
    self =
      CalendarDay(year: month.year, month: month.month, day: 1) ?? CalendarDay(daysSinceEpoch: 0)
  }
}
