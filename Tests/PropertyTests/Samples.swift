import JSON

/// What random schemas and values are made of.
enum Samples {
  static let names = [
    "a", "b", "id", "name", "class", "json", "key", "type", "x-y", "1st", "größe", "a/b", "m~n", "__proto__",
    "constructor", "toString", "hasOwnProperty", "with space", "UPPER", "snake_case", "default", "init", "0", "values",
  ]

  static let words = [
    "on", "off", "not yet", "in-progress", "3rd", "größer", "class", "constructor", "__proto__", "a\"b",
  ]

  /// Patterns, the freely spelt ones among them, with texts that match and texts that do not.
  static let patterns: [(source: String, good: [String], bad: [String])] = [
    ("^[a-z]+$", ["a", "abc"], ["", "A", "a1", "é"]), ("[0-9]{3}", ["123", "a1234b"], ["12", "1 2 3"]),
    (#"^[\w-.]+@x$"#, ["a-b.c@x"], ["@x", "a b@x"]), (#"^\@\-\"$"#, [#"@-""#], ["@-"]),
    ("^a{2,3}b?$", ["aa", "aaab"], ["a", "aaaa"]), (#"^\p{Lu}\p{Ll}*$"#, ["Ada", "Émile"], ["ada", "A1"]),
    ("^(?<year>[0-9]{4})-(?<month>[0-9]{2})$", ["2026-01"], ["2026-1", "26-01"]),
    (#"^(?:/[^/]*)+$"#, ["/a", "/a//b"], ["", "a/b"]), ("^}{]$", ["}{]"], ["}{"]),
    (#"^(?!admin)\S+$"#, ["user", "an-admin"], ["admin", "a b"]), (#"\bcat\b"#, ["a cat", "cat"], ["concat", ""]),
    (#"^[^\s,]{1,5}$"#, ["abc", "é€😀"], ["abcdef", "a,b"]), (#"^\u{1F600}.$"#, ["😀a", "😀😀"], ["😀", "a😀"]),
    (#"^[\d-x]+$"#, ["1-x"], ["a", ""]), ("^[-a]+[a-]$", ["-a", "a-"], ["b", "a"]), (#"^\/\.\?$"#, ["/.?"], ["/a?"]),
    ("", ["", "anything"], []),
  ]

  /// Formats with texts that have them and texts that have not.
  static let formats: [(name: String, good: [String], bad: [String])] = [
    (
      "uuid", ["01989bd4-7c00-7000-8000-000000000001", "01989BD4-7C00-7000-8000-00000000000A"],
      ["01989bd4-7c00-7000-8000-00000000000", "g1989bd4-7c00-7000-8000-000000000001", ""]
    ),
    (
      "date-time",
      [
        "2026-01-02T03:04:05Z", "2026-01-02t03:04:05.6789+01:30", "2016-12-31T23:59:60Z", "0001-01-01T00:00:00Z",
        "2016-12-31T18:29:60-05:30", "2024-02-29T00:00:00.1z",
      ],
      [
        "2026-01-02T03:04:05", "2026-02-30T00:00:00Z", "2026-01-02 03:04:05Z", "2016-12-31T23:58:60Z",
        "0001-01-01T00:00:00+01:00", "2026-01-02T24:00:00Z", "2026-01-02T03:04:05.Z", "2025-02-29T00:00:00Z",
      ]
    ),
    ("date", ["2026-01-31", "2024-02-29", "0001-01-01"], ["2026-1-31", "2023-02-29", "0000-01-01", "2026-13-01"]),
    ("time", ["03:04:05Z", "03:04:05.5+01:00"], ["03:04:05", "25:00:00Z"]),
    ("duration", ["P1D", "PT1H2M", "P3W", "P1Y2M3DT4S"], ["P", "PT", "1D", "P1W2D"]),
    (
      "email", ["ada@example.com", "a.b+c@x", "é@bücher.example"],
      ["ada", "a..b@x", ".a@x", "a@", "a@-x", "a b@x", "a@x..y", "a@b@c d"]
    ),
    ("hostname", ["www.example.com", "a", "xn--bcher-kva.example"], ["", "-a", "a-.b", "a_b", "aa--b.c", "a..b"]),
    ("ipv4", ["192.0.2.1", "0.0.0.0"], ["1.2.3", "01.2.3.4", "1.2.3.256", "1.2.3.4.5"]),
    (
      "ipv6", ["::1", "2001:db8::1", "::ffff:192.0.2.1", "1:2:3:4:5:6:7:8", "::"],
      ["1:2:3:4:5:6:7", "::1::2", ":::", "1:2:3:4:5:6:7:8::", "12345::", "::1%eth0", "1.2.3.4::"]
    ),
    (
      "uri", ["https://example.com/a?b#c", "urn:a:b", "http://[::1]:80/", "mailto:a@b", "x://u:p@h:1/%20"],
      ["", "/a", "http://exa mple", "1a:b", "http://[::1", "http://h:x/", "a:%2", "https://example.com/é"]
    ),
    ("uri-reference", ["/a", "", "?q", "//h/p", "a/b:c"], ["\\", "%zz", "1:a", "a b"]),
    ("iri", ["https://example.com/é"], ["é", "http://a b"]),
    ("iri-reference", ["/é"], ["a b"]),
    ("uri-template", ["/users/{id}{?a,b*}", "/{+path:3}"], ["/{", "/{a", "/{a b}", "<"]),
    ("json-pointer", ["", "/a/~0~1", "/"], ["a", "/~2", "/~"]),
    ("relative-json-pointer", ["0", "1/a", "2#"], ["", "/a", "01", "-1"]),
    ("regex", ["^a+$", "[0-9]"], ["(", "[", "*"]),
    ("byte", ["", "aGk=", "AAAA"], ["a", "aGk", "a===", "aG_="]),
  ]

  static let literals: [[JSONValue]] = [
    [1], [1, 2, 3], [0.5, 1.5], [true], [.null], [["a": [1, .null]], "b", 3], [[1, 2], [2, 1]], ["a", 1],
  ]

  /// Characters of texts: the plain, those that JSON escapes, and those of several bytes.
  static let characters: [Unicode.Scalar] = [
    "a", "b", "z", "0", " ", "\"", "\\", "/", "\n", "\t", "\u{1}", "\u{7F}", "é", "ß", "€", "\u{2028}", "😀", "\u{FFFF}",
  ]
}
