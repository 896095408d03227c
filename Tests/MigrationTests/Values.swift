import FoundationEssentials
import Storage
import TestSupport
import Values

extension SQLValue {
  /// Values that have hurt somebody, and some ordinary ones. Texts of JSON are in the form that JSONB keeps.
  static func random(_ type: ColumnType, using generator: inout SplitMix64) -> SQLValue {
    switch type {
    case .bool: return .bool(Bool.random(using: &generator))
    case .int:
      if generator.chance(60) { return .int(Int64.random(in: -3...30, using: &generator)) }
      return .int([.min, .max, 0, -1, 1 << 53, (1 << 53) + 1, 1_700_000_000_000].randomElement(using: &generator) ?? 0)
    case .double:
      if generator.chance(40) { return .double(Double(Int.random(in: -3...900, using: &generator))) }
      return .double(
        [
          0.1, 1.0 / 3, -2.5, 1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 123_456_789.125,
          9_007_199_254_740_994, 1e15,
        ]
        .randomElement(using: &generator) ?? 0)
    case .text:
      if generator.chance(25) { return .text(Rule.words.randomElement(using: &generator) ?? "") }
      return .text(texts.randomElement(using: &generator) ?? "")
    case .uuid:
      if generator.chance(20) { return .uuid(UUID(high: generator.chance(50) ? 0 : .max, low: 0)) }
      return .uuid(UUID(high: generator.next(), low: generator.next()))
    case .timestamp:
      let hurtful = [Timestamp.earliest, .latest, Timestamp(milliseconds: 0), Timestamp(milliseconds: -1)]
      if generator.chance(40) { return .timestamp(hurtful.randomElement(using: &generator) ?? .earliest) }
      return .timestamp(Timestamp(milliseconds: Int64.random(in: 0...2_000_000_000_000, using: &generator)))
    case .date:
      let days = [(1, 1, 1), (9999, 12, 31), (2000, 2, 29), (1970, 1, 1), (2026, 11, 22)]
      let (year, month, day) = days.randomElement(using: &generator) ?? (1, 1, 1)
      return CalendarDate(year: year, month: month, day: day).map(SQLValue.date) ?? .null
    case .json:
      return .json(
        ["{}", "[]", "null", "\"é\"", "{\"a\": [1, 2.50, null]}", "0", "[\"\\\\\", \"'\", \"😀\"]", "true"]
          .randomElement(using: &generator) ?? "{}")
    case .bytes:
      if generator.chance(30) { return .bytes([]) }
      return .bytes(
        [0, 255, 0x27, 0x5C]
          + (0..<Int.random(in: 0...16, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
          })
    }
  }

  private static let texts = [
    "it's \"so\"", "日本語", "😀👩‍👩‍👧", "e\u{301}", "É", "\\", "%_", "1e5", " 12 ", "12", "-7", "0.5", "a\nb\r\n", "true",
    "\u{1}\u{7F}",
    "2000-02-29", "2024-02-30", "00000000-0000-4000-8000-000000000001", "2026-01-02T03:04:05.678Z", "{\"a\": 1}", "[",
    "X'00'", "'; DROP TABLE x; --", "$1 ?1 :a", String(repeating: "long ", count: 600), "Ann", "ANN", "bob", "Bob",
    "\u{FEFF}",
  ]

  /// As unique keys that ignore case compare: both engines fold ASCII letters (PostgreSQL in a cluster whose locale is C).
  var foldingCase: SQLValue {
    guard case .text(let text) = self else { return self }
    return .text(
      String(
        String.UnicodeScalarView(
          text.unicodeScalars.map { scalar in
            ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
          })))
  }
}
