import StoaModel

/// The rule at the end of a zone file, such as `WET0WEST,M3.5.0/1,M10.5.0` (POSIX.1, environment variable TZ; RFC 8536).
struct PosixTimeZone: Sendable {
  /// The date of a change within a year.
  private enum Day {
    /// Month, week (5: the last) and weekday from Sunday.
    case month(Int, week: Int, weekday: Int)
    /// The day of the year from 1, 29 February never counted.
    case julian(Int)
    /// The day of the year from 0, 29 February counted.
    case ordinal(Int)
  }

  private struct Change {
    let day: Day
    let secondOfDay: Int

    /// The local time of the change in seconds since 1970.
    func local(in year: Int) -> Int64? {
      guard let newYear = CalendarDay(year: year, month: 1, day: 1) else { return nil }
      let start = newYear.daysSinceEpoch
      let isLeap = CalendarDay(year: year, month: 2, day: 29) != nil
      let date: Int
      switch day {
      case .ordinal(let number): date = start + number
      case .julian(let number): date = start + number - (isLeap && number >= 60 ? 0 : 1)
      case .month(let month, let week, let weekday):
        guard let first = CalendarDay(year: year, month: month, day: 1) else { return nil }
        // 1970-01-01 was a Thursday.
        let firstWeekday = (first.daysSinceEpoch % 7 + 11) % 7
        var number = 1 + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
        while CalendarDay(year: year, month: month, day: number) == nil { number -= 7 }
        date = first.daysSinceEpoch + number - 1
      }
      return Int64(date) * 86_400 + Int64(secondOfDay)
    }
  }

  private let standardOffset: Int32
  private let summer: (offset: Int32, begins: Change, ends: Change)?

  /// Reads a rule; nil when it is empty or invalid.
  init?(_ text: String) {
    var scanner = Scanner(bytes: Array(text.utf8))
    guard scanner.name(), let west = scanner.time() else { return nil }
    standardOffset = Int32(clamping: -west)
    guard !scanner.isAtEnd else {
      summer = nil
      return
    }
    guard scanner.name() else { return nil }
    let summerOffset = scanner.time().map { Int32(clamping: -$0) } ?? standardOffset + 3_600
    guard let begins = scanner.change(), let ends = scanner.change() else { return nil }
    summer = (summerOffset, begins, ends)
  }

  /// The offset from UTC at an instant, in seconds.
  func offset(at seconds: Int64) -> Int32 {
    guard let summer else { return standardOffset }
    let year = Timestamp(seconds: seconds, offset: standardOffset, isDay: false).day.year
    guard let begins = summer.begins.local(in: year), let ends = summer.ends.local(in: year) else {
      return standardOffset
    }
    let start = begins - Int64(standardOffset)
    let end = ends - Int64(summer.offset)
    let isSummer =
      start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end
    return isSummer ? summer.offset : standardOffset
  }

  private struct Scanner {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position >= bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    /// A zone's abbreviation: letters, or anything between angle brackets.
    mutating func name() -> Bool {
      let start = position
      if skip("<") {
        while position < bytes.count, !skip(">") { position += 1 }
        return true
      }
      while position < bytes.count, (bytes[position] | 0x20) >= UInt8(ascii: "a"),
        (bytes[position] | 0x20) <= UInt8(ascii: "z")
      {
        position += 1
      }
      return position > start
    }

    mutating func number() -> Int? {
      var value: Int?
      while position < bytes.count, bytes[position] >= UInt8(ascii: "0"),
        bytes[position] <= UInt8(ascii: "9"), (value ?? 0) < 1_000
      {
        value = (value ?? 0) * 10 + Int(bytes[position] - UInt8(ascii: "0"))
        position += 1
      }
      return value
    }

    /// `[+|-]hh[:mm[:ss]]` in seconds.
    mutating func time() -> Int? {
      let isNegative = skip("-")
      if !isNegative { _ = skip("+") }
      guard let hours = number() else { return nil }
      var seconds = hours * 3_600
      if skip(":"), let minutes = number() {
        seconds += minutes * 60
        if skip(":"), let rest = number() { seconds += rest }
      }
      return isNegative ? -seconds : seconds
    }

    mutating func change() -> Change? {
      guard skip(",") else { return nil }
      let day: Day
      if skip("M") {
        guard let month = number(), skip("."), let week = number(), skip("."),
          let weekday = number(), (1...12).contains(month), (1...5).contains(week),
          (0...6).contains(weekday)
        else { return nil }
        day = .month(month, week: week, weekday: weekday)
      } else if skip("J") {
        guard let number = number() else { return nil }
        day = .julian(number)
      } else {
        guard let number = number() else { return nil }
        day = .ordinal(number)
      }
      guard skip("/") else { return Change(day: day, secondOfDay: 7_200) }
      return time().map { Change(day: day, secondOfDay: $0) }
    }
  }
}
