import Testing

@testable import StoaModel

@Suite("Moments")
struct TimestampTests {
  @Test("are written as RFC 3339 wants them")
  func written() {
    #expect(
      Timestamp(seconds: 1_772_612_100, offset: 0, isDay: false).iso8601 == "2026-03-04T08:15:00Z")
    #expect(
      Timestamp(seconds: 1_772_612_100, offset: -12_600, isDay: false).iso8601
        == "2026-03-04T04:45:00-03:30")
    #expect(
      Timestamp(seconds: 1_772_582_400, offset: 0, isDay: true).machineReadable == "2026-03-04")
    #expect(CalendarDay(year: 7, month: 1, day: 2)?.description == "0007-01-02")
  }

  @Test("keep their year where an offset or git leads past the last one that is read")
  func pastTheLastYear() {
    let last = Timestamp(seconds: 253_402_300_799, offset: 3_600, isDay: false)
    #expect(last.iso8601 == "10000-01-01T00:59:59+01:00")
    #expect(Timestamp(seconds: .max / 2, offset: 3_600, isDay: false).iso8601.hasSuffix("+01:00"))
  }
}
