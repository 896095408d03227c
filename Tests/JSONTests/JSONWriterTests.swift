import FoundationEssentials
import JSON
import Testing
import Values

@Suite struct JSONWriterTests {
  func text(_ value: some JSONEncodable) -> String {
    String(decoding: JSONWriter.write(value), as: UTF8.self)
  }

  @Test("Members are written in order; absent ones are left out")
  func members() {
    var json = JSONWriter()
    json.beginObject()
    json.member("a", 1)
    json.member("b", String?.none)
    json.member("c", ifPresent: String?.none)
    json.member("d", ifPresent: "x")
    json.member("e", Presence<Int>.absent)
    json.member("f", Presence<Int>.null)
    json.member("g", Presence.value([true, false]))
    json.endObject()
    #expect(String(decoding: json.bytes, as: UTF8.self) == #"{"a":1,"b":null,"d":"x","f":null,"g":[true,false]}"#)
  }

  @Test(
    "Text is escaped where it must be",
    arguments: [
      ("", #""""#), ("plain", #""plain""#), ("a\"b\\c/d", #""a\"b\\c/d""#),
      ("\u{0}\u{1F}\u{8}\t\n\u{C}\r\u{7F}", #""\u0000\u001f\b\t\n\f\r"# + "\u{7F}\""),
      ("é😀\u{2028}", "\"é😀\u{2028}\""), ("long enough for words\nand a tail", #""long enough for words\nand a tail""#),
    ])
  func escapes(value: String, expected: String) throws {
    #expect(text(value) == expected)
    #expect(try JSONReader.read(String.self, from: JSONWriter.write(value)) == value)
  }

  @Test(
    "Doubles are written shortest and read back the same",
    arguments: [0, -0.0, 0.1, 1, 1e21, 1e-7, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 123_456.789, 2.0 / 3.0])
  func doubles(value: Double) throws {
    #expect(try JSONReader.read(Double.self, from: JSONWriter.write(value)).bitPattern == value.bitPattern)
    #expect(text(value).count <= 24)
  }

  @Test("What is no number is null", arguments: [Double.nan, .infinity])
  func noNumbers(value: Double) {
    #expect(text(value) == "null")
  }

  @Test("Integers, ids, moments and days have their texts")
  func scalars() throws {
    #expect(text(Int64.min) == "-9223372036854775808" && text(0) == "0" && text(1_234_567) == "1234567")
    let id = try #require(UUID(canonical: "0190a5c8-7c1e-7b3a-9f21-3d5e8a6b4c2d"))
    #expect(text(id) == #""0190a5c8-7c1e-7b3a-9f21-3d5e8a6b4c2d""#)
    #expect(text(Timestamp(milliseconds: 0)) == #""1970-01-01T00:00:00.000Z""#)
    #expect(text(CalendarDate(Timestamp(milliseconds: 0))) == #""1970-01-01""#)
  }

  @Test("A value of any kind is read back as it was, members in order")
  func roundTrip() throws {
    let text = #"{"z":[1,-2.5,"x",null,true,{}],"a":{"b":[],"c":"\n"},"n":1e+300}"#
    let value = try JSONReader.read(JSONValue.self, from: Array(text.utf8))
    #expect(String(decoding: JSONWriter.write(value), as: UTF8.self) == text)
    #expect(value["z"]?[1]?.number == -2.5 && value["a"]?["c"]?.string == "\n")
  }

  @Test("Values are equal as JSON Schema says")
  func equality() {
    #expect(JSONValue.integer(1) == .number(1) && JSONValue.integer(1).hashValue == JSONValue.number(1).hashValue)
    #expect(["a": 1, "b": 2] as JSONValue == ["b": 2, "a": 1.0])
    #expect(["a": 1] as JSONValue != ["a": true])
  }
}
