/// A number exactly as JSON writes it, of any size and precision.
///
/// Exponents beyond ±2⁴⁰, which no text of sensible length has a use for, count as about that.
public struct JSONDecimal: Sendable, Hashable {
  /// Whether it is below zero.
  let isNegative: Bool
  /// From 0 to 9, the first and the last not 0; none for zero.
  let digits: [UInt8]
  /// The power of ten that the last digit counts.
  let exponent: Int

  private init(isNegative: Bool, digits: [UInt8], exponent: Int) {
    let leading = digits.prefix { $0 == 0 }.count
    let trailing = digits.dropFirst(leading).reversed().prefix { $0 == 0 }.count
    self.digits = Array(digits[leading..<digits.count - trailing])
    self.isNegative = isNegative && !self.digits.isEmpty
    self.exponent = self.digits.isEmpty ? 0 : exponent + trailing
  }

  /// Reads a number of RFC 8259 §6; nil when the text is anything else.
  public init?(_ text: String) {
    var text = text
    let number = text.withUTF8 { bytes -> JSONDecimal? in
      guard let end = JSONDecimal.scan(bytes), end == bytes.count else { return nil }
      return JSONDecimal(number: bytes)
    }
    guard let number else { return nil }
    self = number
  }

  /// The number that the shortest text of a finite double says, as ECMA-262 writes it.
  public init(_ value: Double) {
    var text = value.description
    self = text.withUTF8 { JSONDecimal(number: $0) }
  }

  public init(_ value: Int64) {
    self.init(
      isNegative: value < 0, digits: String(value.magnitude).utf8.map { $0 - UInt8(ascii: "0") }, exponent: 0)
  }

  /// Reads a text that is known to be a number.
  init(number bytes: UnsafeBufferPointer<UInt8>) {
    var digits: [UInt8] = []
    digits.reserveCapacity(bytes.count)
    var exponent = 0
    var scale = 0
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "."): scale = 1
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        exponent += JSONDecimal.exponent(rest)
        rest = rest[rest.endIndex...]
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits.append(byte - UInt8(ascii: "0"))
        exponent -= scale
      default: break
      }
    }
    self.init(isNegative: bytes.first == UInt8(ascii: "-"), digits: digits, exponent: exponent)
  }

  private static func exponent(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var exponent = 0
    for byte in text where Format.isDigit(byte) && exponent < 1 << 40 {
      exponent = exponent * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return text.first == UInt8(ascii: "-") ? -exponent : exponent
  }

  /// Where a number of RFC 8259 §6 that begins a text ends.
  private static func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var rest = bytes[...]
    func digits() -> Int {
      let count = rest.prefix(while: Format.isDigit).count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let first = rest.first
    let whole = digits()
    guard whole == 1 || whole > 1 && first != UInt8(ascii: "0") else { return nil }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      if digits() == 0 { return nil }
    }
    if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
      if digits() == 0 { return nil }
    }
    return rest.startIndex
  }
}

extension JSONDecimal {
  /// Whether it has no fraction.
  public var isInteger: Bool { exponent >= 0 }

  /// The nearest double; nil when that is infinite.
  public var double: Double? {
    guard let value = Double(description), value.isFinite else { return nil }
    return value
  }

  /// The number, where it is an integer that fits.
  public var integer: Int64? {
    guard isInteger, digits.count + exponent <= 19 else { return nil }
    return Int64(description)
  }

  /// Whether it is an integer times another number.
  public func isMultiple(of divisor: JSONDecimal) -> Bool {
    if digits.isEmpty || divisor.digits.isEmpty { return digits.isEmpty }
    // Neither number ends in 0, so that a divisor of a higher power of ten leaves a rest.
    guard exponent >= divisor.exponent else { return false }
    // More zeros than a divisor has factors 2 or 5 change nothing; it has at most 4 a digit.
    let zeros = min(exponent - divisor.exponent, 4 * divisor.digits.count)
    var rest = Rest(of: divisor.digits)
    for digit in digits { rest.append(digit) }
    for _ in 0..<zeros { rest.append(0) }
    return rest.isZero
  }

  /// What remains of a division, one digit after the other as one does it by hand.
  private struct Rest {
    private let divisor: [UInt8]
    /// The divisor where it fits, and what remains so far.
    private let small: UInt64?
    private var smallRest: UInt64 = 0
    private var rest: [UInt8] = []

    init(of divisor: [UInt8]) {
      self.divisor = divisor
      small = divisor.count <= 18 ? divisor.reduce(0) { $0 * 10 + UInt64($1) } : nil
    }

    var isZero: Bool { small == nil ? rest.isEmpty : smallRest == 0 }

    mutating func append(_ digit: UInt8) {
      if let small {
        smallRest = (smallRest * 10 + UInt64(digit)) % small
        return
      }
      if !rest.isEmpty || digit != 0 { rest.append(digit) }
      while rest.count > divisor.count || rest.count == divisor.count && !rest.lexicographicallyPrecedes(divisor) {
        subtract()
      }
    }

    private mutating func subtract() {
      var borrow: UInt8 = 0
      for index in 1...rest.count {
        let taken = borrow + (index <= divisor.count ? divisor[divisor.count - index] : 0)
        let place = rest.count - index
        borrow = rest[place] < taken ? 1 : 0
        rest[place] = rest[place] + 10 * borrow - taken
      }
      rest.removeFirst(rest.prefix { $0 == 0 }.count)
    }
  }
}

extension JSONDecimal: Comparable {
  public static func < (left: JSONDecimal, right: JSONDecimal) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
  }

  /// Compares without regard to the signs.
  private func isSmaller(than other: JSONDecimal) -> Bool {
    if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
    let places = digits.count + exponent
    let otherPlaces = other.digits.count + other.exponent
    return places == otherPlaces ? digits.lexicographicallyPrecedes(other.digits) : places < otherPlaces
  }
}

extension JSONDecimal: CustomStringConvertible {
  /// As JSON writes it: without exponent where that is short.
  public var description: String {
    guard let first = digits.first else { return "0" }
    let sign = isNegative ? "-" : ""
    let text = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    let places = digits.count + exponent
    switch (exponent, places) {
    case (0...20, _): return sign + text + String(repeating: "0", count: exponent)
    case (..<0, 1...): return "\(sign)\(text.prefix(places)).\(text.dropFirst(places))"
    case (_, -6...0): return "\(sign)0.\(String(repeating: "0", count: -places))\(text)"
    default:
      let fraction = digits.count > 1 ? ".\(text.dropFirst())" : ""
      return "\(sign)\(first)\(fraction)e\(places - 1)"
    }
  }
}
