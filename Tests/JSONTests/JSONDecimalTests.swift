import JSON
import Testing

@Suite struct JSONDecimalTests {
  @Test(
    "Numbers are equal by their value, however they are written",
    arguments: [
      ("1", "1.0"), ("1", "10e-1"), ("0", "-0.0e7"), ("1e400", "10e399"), ("100", "1e2"),
      ("0.1", "1E-1"), ("12345678901234567890", "1234567890123456789e1"),
    ])
  func equal(left: String, right: String) throws {
    #expect(try #require(JSONDecimal(left)) == #require(JSONDecimal(right)))
    #expect(try JSONReader.read(JSONValue.self, from: Array(left.utf8)) == JSONReader.read(from: Array(right.utf8)))
  }

  @Test(
    "Numbers are ordered by their value",
    arguments: [
      ("1", "2"), ("-2", "-1"), ("-1", "0"), ("0", "1e-400"), ("9", "10"), ("0.09", "0.1"), ("1e400", "1.1e400"),
      ("9007199254740992", "9007199254740993"), ("-1e400", "-1e399"),
    ])
  func order(less: String, more: String) throws {
    let (less, more) = (try #require(JSONDecimal(less)), try #require(JSONDecimal(more)))
    #expect(less < more && !(more < less) && !(less < less))
  }

  @Test(
    "Multiples are exact",
    arguments: [
      ("0.3", "0.1", true), ("0.35", "0.1", false), ("1e400", "3", false), ("1e400", "8", true), ("0", "7", true),
      ("12391239123", "1e-8", true), ("1e308", "0.123456789", false), ("4.5", "1.5", true), ("-10", "4", false),
      ("246913578024691357802469135780", "123456789012345678901234567890", true),
      ("246913578024691357802469135781", "123456789012345678901234567890", false),
      ("1e30", "1024", true), ("1e9", "1024", false), ("10", "1e2", false),
    ])
  func multiples(number: String, divisor: String, isMultiple: Bool) throws {
    #expect(try #require(JSONDecimal(number)).isMultiple(of: #require(JSONDecimal(divisor))) == isMultiple)
  }

  @Test(
    "A JSON value keeps every number as it is",
    arguments: [
      "1e400", "-1e400", "12345678901234567890", "0.12345678901234567890123", "9223372036854775808", "1e-400",
    ])
  func kept(text: String) throws {
    let value = try JSONReader.read(JSONValue.self, from: Array(text.utf8))
    #expect(String(decoding: JSONWriter.write(value), as: UTF8.self) == text)
    guard case .decimal = value else {
      Issue.record("rounded")
      return
    }
  }

  @Test("What is no number is refused", arguments: ["", "-", "01", "1.", ".1", "1e", "+1", "1 ", "0x1", "NaN"])
  func refused(text: String) {
    #expect(JSONDecimal(text) == nil)
  }
}
