import FoundationEssentials
import Storage
import Values

/// Values of each type that databases, encodings and calendars are known to stumble over. Some must be refused.
enum HurtfulValues {
  static func of(_ type: ColumnType) -> [SQLValue] {
    switch type {
    case .bool: [.bool(true), .bool(false)]
    case .int: integers.map(SQLValue.int)
    case .double: doubles.map(SQLValue.double)
    case .text: texts.map(SQLValue.text)
    case .uuid: ids.map(SQLValue.uuid)
    case .timestamp: moments.map { .timestamp(Timestamp(milliseconds: $0)) }
    case .date: dates.compactMap { CalendarDate(iso8601: $0) }.map(SQLValue.date)
    case .json: json.map(SQLValue.json)
    case .bytes: [.bytes([]), .bytes([0]), .bytes([0xFF, 0, 0x27]), .bytes([UInt8](repeating: 0, count: 1 << 20))]
    }
  }

  private static let integers: [Int64] = [0, 1, -1, .min, .max, .max - 1, 1 << 53, (1 << 53) + 1, 1 << 31, 1 << 32]

  private static let doubles: [Double] = [
    0, -0.0, 0.1, 3, -1.5, 1.0000000000000002, 9_007_199_254_740_992, 1e15, 1e16, 123_456_789.123_456_78, 1e-308,
    .leastNonzeroMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .infinity, -.infinity, .nan,
  ]

  private static let texts: [String] = [
    "", " ", "a", "A", "abc ", " abc", "NULL", "007", "1e3", "0x10", "true",
    "\0", "a\0b", "\u{1}\u{7F}\u{9}\r\n", "\u{FEFF}abc", "\u{FFFD}\u{FFFF}", "\u{10FFFF}\u{1F600}",
    "'\"`\\;-- %_[]{}$1?1:a",
    // One character to a reader, others to a computer: composed, decomposed, joined.
    "\u{E9}clair", "e\u{301}clair", "𝕏👩‍👩‍👧‍👦🏳️‍🌈",
    // What lower-casing does differently from one locale to the next.
    "istanbul", "ISTANBUL", "\u{130}STANBUL", "\u{131}stanbul", "STRASSE", "STRA\u{DF}E", "STRA\u{1E9E}E", "ΣΊΣΥΦΟΣ",
    "σίσυφος",
    "ÀÉÎ", "àéî", "ǅungla",
    // What sorting does differently.
    "zoo", "Zoo", "_zoo", "-zoo", "äpfel", "z\u{FFFF}", "z\u{10000}",
    String(repeating: "ß€𝕏\\", count: 200_000),
  ]

  private static let ids: [UUID] = [
    UUID(high: 0, low: 0), UUID(high: .max, low: .max), UUID(high: 0x7FFF_FFFF_FFFF_FFFF, low: .max),
    UUID(high: 0x8000_0000_0000_0000, low: 0), UUID(high: 0x0027_5C00_0000_0000, low: 0x8000_0000_0000_00FF),
  ]

  /// Of the second at the ends of years, of leap days, of 1970 and of 2000; before the year 1 and after 9999.
  private static let moments: [Int64] = [
    0, 1, -1, 999, -999, 946_684_799_999, 946_684_800_000, 946_684_800_001, 951_782_400_000, 951_868_799_999,
    1_735_689_599_999, 1_735_689_600_000, 1_709_164_800_001, -2_203_891_200_001,
    Timestamp.earliest.milliseconds, Timestamp.latest.milliseconds, Timestamp.earliest.milliseconds - 1,
    Timestamp.latest.milliseconds + 1, .min, .max,
  ]

  private static let dates = [
    "0001-01-01", "0001-12-31", "0099-02-28", "1582-10-15", "1900-02-28", "1900-03-01", "1969-12-31", "1970-01-01",
    "1999-12-31", "2000-02-29", "2024-02-29", "2024-12-31", "2025-01-01", "9999-12-31",
  ]

  private static let json: [String] = [
    "[]", "{}", "null", "\"\"", "0", "-0", "[null, [null, {}], null]",
    "[\"\", \"a\\u0001\", \"\\ud83d\\ude00\", \"'\\\"\"]",
    "{\"b\": 1, \"a\": {\"\": null, \"é\": [2.50, -1e2, 1.5e300, 9223372036854775807]}}", "[true,false,null,\"null\"]",
    "\"\\u0000\"", "[\"a\\u0000b\"]", "\"\\\\u0000\"",
    String(repeating: "[", count: 120) + String(repeating: "]", count: 120),
    "[\"" + String(repeating: "€", count: 50_000) + "\"]",
  ]
}
