extension JSONReader {
  /// A number as it was written: ±mantissa × 10^exponent.
  struct NumberToken {
    var isNegative = false
    var mantissa: UInt64 = 0
    var exponent = 0
    /// Whether further digits only count as powers of ten, since the mantissa has no room for them.
    var isFull = false
    /// Whether every digit that found no room was zero.
    var isExact = true
    /// Whether it was written without fraction and exponent.
    var isPlain = true
    var start = 0
    var end = 0
  }

  /// Reads an integer: any number with zero fraction (JSON Schema 2020-12 §6.1.1), such as 1, 1.0 or 1e2.
  public mutating func integer(
    minimum: Int64 = .min, maximum: Int64 = .max, multipleOf: Int64 = 1
  ) -> Int? {
    guard expect(.number), let token = scanNumber() else { return nil }
    switch token.integer {
    case .value(let value):
      let violations = Constraint.violations(of: value, minimum: minimum, maximum: maximum, multipleOf: multipleOf)
      for violation in violations { record(violation) }
      return violations.isEmpty ? Int(value) : nil
    case .outOfRange:
      record(token.isNegative ? Constraint.below(minimum) : Constraint.above(maximum))
    case .fraction:
      record(Constraint.fraction)
    }
    return nil
  }

  /// Reads a number, rounded to the nearest double.
  public mutating func number(
    minimum: Double = -.infinity, maximum: Double = .infinity, exclusiveMinimum: Double = -.infinity,
    exclusiveMaximum: Double = .infinity, multipleOf: Double? = nil
  ) -> Double? {
    guard expect(.number), let token = scanNumber(), let value = finite(token) else { return nil }
    let violations = Constraint.violations(
      of: value, minimum: minimum, maximum: maximum, exclusiveMinimum: exclusiveMinimum,
      exclusiveMaximum: exclusiveMaximum, multipleOf: multipleOf)
    for violation in violations { record(violation) }
    return violations.isEmpty ? value : nil
  }

  /// Reads a number as it was written: as an integer when it has neither fraction nor exponent and fits, as a double
  /// when that says the same.
  mutating func anyNumber() -> JSONValue? {
    guard let token = scanNumber() else { return nil }
    let isNegativeZero = token.isNegative && token.mantissa == 0
    if token.isPlain, !isNegativeZero, case .value(let value) = token.integer { return .integer(value) }
    // Numbers of up to 15 digits differ as doubles too.
    let isShort = token.isExact && token.mantissa < 1_000_000_000_000_000 && -290...290 ~= token.exponent
    if isShort, let value = double(token) { return .number(value) }
    let exact = JSONDecimal(number: UnsafeBufferPointer(rebasing: bytes[token.start..<token.end]))
    if let value = double(token), JSONDecimal(value) == exact { return .number(value) }
    return .decimal(exact)
  }

  private mutating func finite(_ token: NumberToken) -> Double? {
    if let value = double(token) { return value }
    record(
      token.isNegative
        ? Constraint.below(-Double.greatestFiniteMagnitude) : Constraint.above(Double.greatestFiniteMagnitude))
    return nil
  }

  /// The nearest double; nil when it is infinite.
  private func double(_ token: NumberToken) -> Double? {
    // Both factors and so the correctly rounded result of one operation are exact (Clinger 1990).
    if token.isExact, token.mantissa <= 1 << 53, -22...22 ~= token.exponent {
      let magnitude =
        token.exponent < 0
        ? Double(token.mantissa) / JSONReader.powersOfTen[-token.exponent]
        : Double(token.mantissa) * JSONReader.powersOfTen[token.exponent]
      return token.isNegative ? -magnitude : magnitude
    }
    let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[token.start..<token.end]), as: UTF8.self)
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    1e20, 1e21, 1e22,
  ]

  /// Passes over a number and takes it apart; the next byte is its first.
  mutating func scanNumber() -> NumberToken? {
    var token = NumberToken(start: position)
    if peek == UInt8(ascii: "-") {
      token.isNegative = true
      position += 1
    }
    if peek == UInt8(ascii: "0") {
      position += 1
      if isDigit(peek) {
        fail("A number must not begin with 0")
        return nil
      }
    } else if !scanDigits(&token, scale: 0) {
      return nil
    }
    if peek == UInt8(ascii: ".") {
      token.isPlain = false
      position += 1
      guard scanDigits(&token, scale: 1) else { return nil }
    }
    if peek | 0x20 == UInt8(ascii: "e") {
      token.isPlain = false
      position += 1
      guard let exponent = scanExponent() else { return nil }
      token.exponent += exponent
    }
    token.end = position
    token.normalize()
    return token
  }

  private mutating func scanDigits(_ token: inout NumberToken, scale: Int) -> Bool {
    guard isDigit(peek) else { return fail("Expected a digit") }
    repeat {
      token.append(bytes[position] - UInt8(ascii: "0"), scale: scale)
      position += 1
    } while isDigit(peek)
    return true
  }

  private mutating func scanExponent() -> Int? {
    let isNegative = peek == UInt8(ascii: "-")
    if isNegative || peek == UInt8(ascii: "+") { position += 1 }
    guard isDigit(peek) else {
      fail("Expected a digit")
      return nil
    }
    var exponent = 0
    repeat {
      // Beyond this every number is zero or too large; the text has fewer digits than that.
      if exponent < 1 << 40 { exponent = exponent * 10 + Int(bytes[position] - UInt8(ascii: "0")) }
      position += 1
    } while isDigit(peek)
    return isNegative ? -exponent : exponent
  }

  /// The next byte; 0 at the end of the text.
  private var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}

extension JSONReader.NumberToken {
  enum Whole {
    case value(Int64)
    case outOfRange
    case fraction
  }

  /// Adds a digit; `scale` is 1 behind the decimal point.
  mutating func append(_ digit: UInt8, scale: Int) {
    if !isFull {
      let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      if !overflow, !carry {
        mantissa = sum
        exponent -= scale
        return
      }
      isFull = true
    }
    exponent += 1 - scale
    if digit != 0 { isExact = false }
  }

  /// Moves trailing zeros of the mantissa into the exponent.
  mutating func normalize() {
    while isExact, exponent < 0, mantissa != 0, mantissa % 10 == 0 {
      mantissa /= 10
      exponent += 1
    }
  }

  /// The number as an integer, exactly.
  var integer: Whole {
    if mantissa == 0, isExact { return .value(0) }
    if exponent < 0 { return .fraction }
    guard isExact, exponent <= 19 else { return .outOfRange }
    var magnitude = mantissa
    for _ in 0..<exponent {
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      if overflow { return .outOfRange }
      magnitude = product
    }
    if isNegative {
      return magnitude <= Int64.min.magnitude ? .value(Int64(truncatingIfNeeded: 0 &- magnitude)) : .outOfRange
    }
    return Int64(exactly: magnitude).map(Whole.value) ?? .outOfRange
  }
}
