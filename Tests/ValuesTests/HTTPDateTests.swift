import Testing
import Values

@Suite("The date of a header field")
struct HTTPDateTests {
  @Test(
    "is written as RFC 9110 asks, and read back",
    arguments: [
      (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
      (951_826_954, "Tue, 29 Feb 2000 12:22:34 GMT"), (1_795_411_200, "Mon, 23 Nov 2026 05:20:00 GMT"),
      (4_133_980_799, "Fri, 31 Dec 2100 23:59:59 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
      (-62_135_596_800, "Mon, 01 Jan 0001 00:00:00 GMT"), (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ] as [(Int64, String)])
  func roundTrip(second: Int64, text: String) {
    #expect(Timestamp(milliseconds: second * 1000).httpDate == text)
    #expect(Timestamp(milliseconds: second * 1000 + 999).httpDate == text)
    #expect(Timestamp(httpDate: text) == Timestamp(milliseconds: second * 1000))
  }

  @Test("takes a leap second, and is kept within the years that have a text")
  func edges() {
    #expect(Timestamp(httpDate: "Sat, 31 Dec 2016 23:59:60 GMT")?.httpDate == "Sun, 01 Jan 2017 00:00:00 GMT")
    #expect(Timestamp(milliseconds: .max).httpDate == "Fri, 31 Dec 9999 23:59:59 GMT")
    #expect(Timestamp(milliseconds: .min).httpDate == "Mon, 01 Jan 0001 00:00:00 GMT")
  }

  @Test(
    "is nothing else",
    arguments: [
      "", "soon", "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
      "Sun, 06 Foo 1994 08:49:37 GMT", "Wed, 29 Feb 2023 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
      "Sun, 06 Nov 0000 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 GMT ",
      "Sun, +6 Nov 1994 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
      "Sun, 06 Nov 1994 08.49.37 GMT", "Sün, 06 Nov 199408:49:37 GMT",
    ])
  func refuses(text: String) {
    #expect(Timestamp(httpDate: text) == nil)
  }
}
