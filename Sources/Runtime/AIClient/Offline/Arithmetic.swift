/// Small sums in a sentence: `+ - * /` with precedence, parentheses and decimals.
enum Arithmetic {
  /// The result of the sum that a sentence asks for; nil where it asks for none.
  static func answer(to sentence: Sentence) -> String? {
    let sum = expression(in: sentence)
    var parser = Parser(sum)
    guard parser.hasOperator, let value = parser.parse() else { return nil }
    guard value.isFinite else { return "\(sum) has no result: that would be a division by zero, or too large." }
    return "\(sum) = \(text(value))"
  }

  private static let openings = [
    "what is", "how much is", "calculate", "compute", "what does", "please calculate", "can you calculate", "evaluate",
    "solve",
  ]
  private static let operators = [
    "divided by": "/", "multiplied by": "*", "plus": "+", "minus": "-", "times": "*", "x": "*",
  ]

  /// The sentence without the words around the sum, its operators as signs.
  private static func expression(in sentence: Sentence) -> String {
    var text = sentence.text.lowercased().replacing("what's", with: "what is").replacing("what’s", with: "what is")
    for opening in openings where text.hasPrefix(opening + " ") {
      text.removeFirst(opening.count + 1)
      break
    }
    while let last = text.last, "?!.= ".contains(last) { text.removeLast() }
    for (word, sign) in operators.sorted(by: { $0.key.count > $1.key.count }) {
      text = text.replacing(" \(word) ", with: " \(sign) ")
    }
    return text.replacing("×", with: "*").replacing("÷", with: "/").replacing("−", with: "-").trimmed
  }

  /// Whole numbers as such, others to ten places.
  private static func text(_ value: Double) -> String {
    let rounded = (value * 1e10).rounded() / 1e10
    let shown = rounded.isFinite ? rounded : value
    return Int64(exactly: shown).map { String($0) } ?? "\(shown)"
  }

  /// A recursive descent over the characters, which gives up at the first that does not belong.
  private struct Parser {
    private var rest: ArraySlice<UInt8>
    private var depth = 0
    let hasOperator: Bool

    init(_ text: String) {
      let bytes = Array(text.utf8.filter { $0 != UInt8(ascii: " ") })
      rest = bytes.count <= 500 ? bytes[...] : []
      // A sign before the first number is none, nor is a number by itself a sum.
      hasOperator = bytes.dropFirst().contains { "+-*/".utf8.contains($0) }
    }

    mutating func parse() -> Double? {
      guard let value = sum(), rest.isEmpty else { return nil }
      return value
    }

    private mutating func take(_ characters: String) -> UInt8? {
      guard let first = rest.first, characters.utf8.contains(first) else { return nil }
      rest = rest.dropFirst()
      return first
    }

    private mutating func sum() -> Double? {
      guard var value = product() else { return nil }
      while let sign = take("+-") {
        guard let next = product() else { return nil }
        value = sign == UInt8(ascii: "+") ? value + next : value - next
      }
      return value
    }

    private mutating func product() -> Double? {
      guard var value = factor() else { return nil }
      while let sign = take("*/") {
        guard let next = factor() else { return nil }
        value = sign == UInt8(ascii: "*") ? value * next : value / next
      }
      return value
    }

    private mutating func factor() -> Double? {
      // Deep enough for people, and not for the stack.
      depth += 1
      defer { depth -= 1 }
      guard depth <= 100 else { return nil }
      if take("-") != nil { return factor().map { -$0 } }
      if take("(") != nil {
        let value = sum()
        return take(")") == nil ? nil : value
      }
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }
      rest = rest.dropFirst(digits.count)
      return Double(String(decoding: digits, as: UTF8.self))
    }
  }
}
