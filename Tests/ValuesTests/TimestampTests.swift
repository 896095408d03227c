import Testing
import Values

@Suite struct TimestampTests {
  @Test(
    "A moment is written in UTC with milliseconds and read back",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"),
      (1_767_323_045_678, "2026-01-02T03:04:05.678Z"),
      (-1, "1969-12-31T23:59:59.999Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func roundTrip(milliseconds: Int64, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
    #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
  }

  @Test(
    "Offsets, fractions and lower case are read",
    arguments: [
      ("2026-01-02T04:04:05.678+01:00", "2026-01-02T03:04:05.678Z"),
      ("2026-01-01t22:04:05-05:00", "2026-01-02T03:04:05.000Z"),
      ("2026-01-02T03:04:05.6789999z", "2026-01-02T03:04:05.678Z"),
      ("2026-01-02T03:04:05.6Z", "2026-01-02T03:04:05.600Z"),
      ("1998-12-31T23:59:60Z", "1999-01-01T00:00:00.000Z"),
      ("1998-12-31T15:59:60.123-08:00", "1999-01-01T00:00:00.000Z"),
    ])
  func reads(text: String, canonical: String) {
    #expect(Timestamp(rfc3339: text)?.rfc3339 == canonical)
  }

  @Test(
    "What is not an RFC 3339 date-time is refused",
    arguments: [
      "", "2026-01-02", "2026-01-02T03:04:05", "2026-02-29T00:00:00Z", "2026-01-02 03:04:05Z", "2026-01-02T24:00:00Z",
      "2026-01-02T03:60:00Z", "2026-01-02T03:04:61Z", "2026-01-02T03:04:60Z", "2026-01-02T03:04:05.Z",
      "2026-01-02T03:04:05+1:00", "2026-01-02T03:04:05+01:00x", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00",
      "2026-01-02T03:04:05Zé", "２０２６-01-02T03:04:05Z",
    ])
  func refuses(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test("Every day of four centuries is its own text's day")
  func calendar() throws {
    var previous = try #require(CalendarDate(iso8601: "1799-12-31"))
    for days in -62_091...84_006 {
      let date = CalendarDate(Timestamp(milliseconds: Int64(days) * 86_400_000 + 86_399_999))
      #expect(date.daysSince1970 == days && previous < date && CalendarDate(iso8601: date.iso8601) == date)
      previous = date
    }
    #expect(previous.iso8601 == "2200-01-01")
  }
}
