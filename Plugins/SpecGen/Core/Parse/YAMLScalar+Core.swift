extension YAMLScalar.Value {
  /// What a plain scalar means by the core schema: null, boolean, integer, float, else a string.
  init(plain text: String) {
    // What begins like a word is one, but for a few.
    guard let first = text.utf8.first, Self.beginnings.contains(first) else {
      self = text.isEmpty ? .null : .string(text)
      return
    }
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE": self = .bool(true)
    case "false", "False", "FALSE": self = .bool(false)
    // Of numbers, none begins with a letter.
    default: self = (first < UInt8(ascii: "A") ? Self.number(text) : nil) ?? .string(text)
    }
  }

  /// What all but strings begin with.
  private static let beginnings: Set<UInt8> = Set("0123456789+-.~nNtTfF".utf8)

  /// What a scalar with a tag of the core schema means; nil when the text does not fit the tag.
  init?(_ text: String, tag: String) {
    let plain = Self(plain: text)
    switch (tag, plain) {
    case ("str", _): self = .string(text)
    case ("null", .null), ("bool", .bool), ("int", .integer), ("float", .number): self = plain
    case ("float", .integer(let value)): self = .number(Double(value))
    default: return nil
    }
  }

  private static func number(_ text: String) -> Self? {
    let bytes = Array(text.utf8)
    if bytes.starts(with: [0x30, 0x6F]) { return radix(text.dropFirst(2), 8) }
    if bytes.starts(with: [0x30, 0x78]) { return radix(text.dropFirst(2), 16) }
    var rest = bytes[...]
    let negative = rest.first == 0x2D
    if let sign = rest.first, sign == 0x2D || sign == 0x2B { rest = rest.dropFirst() }
    switch String(decoding: rest, as: UTF8.self) {
    case ".inf", ".Inf", ".INF": return .number(negative ? -.infinity : .infinity)
    case ".nan", ".NaN", ".NAN": return rest.count == bytes.count ? .number(.nan) : nil
    default: break
    }
    let whole = digits(&rest)
    if rest.isEmpty, whole > 0 {
      if let value = Int(text) { return .integer(value) }
      return Double(text).map(Self.number)
    }
    var fraction = 0
    if rest.first == 0x2E {
      rest = rest.dropFirst()
      fraction = digits(&rest)
    }
    guard whole + fraction > 0 else { return nil }
    if let letter = rest.first, letter == 0x65 || letter == 0x45 {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == 0x2D || sign == 0x2B { rest = rest.dropFirst() }
      guard digits(&rest) > 0 else { return nil }
    }
    return rest.isEmpty ? Double(text).map(Self.number) : nil
  }

  private static func digits(_ rest: inout ArraySlice<UInt8>) -> Int {
    let digits = rest.prefix { (0x30...0x39).contains($0) }.count
    rest = rest.dropFirst(digits)
    return digits
  }

  private static func radix(_ digits: Substring, _ radix: Int) -> Self? {
    guard digits.first?.isHexDigit == true else { return nil }
    return Int(digits, radix: radix).map(Self.integer)
  }
}
