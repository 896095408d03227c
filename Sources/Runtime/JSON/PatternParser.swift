/// Parses the regular expressions of `pattern`: ECMA-262 (with the `u` flag) without look-around, back references,
/// named groups and property escapes, which have no place in a matcher of linear time.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0

  /// The greatest count in `{m,n}`, and how deep groups may stand in one another.
  private static let greatestCount = 1000
  private static let greatestDepth = 100

  /// The tree of a pattern.
  static func parse(_ pattern: String) throws(PatternError) -> PatternNode {
    var parser = PatternParser(scalars: Array(pattern.unicodeScalars))
    let node = try parser.alternatives()
    if parser.peek == ")" { throw PatternError(reason: "`)` has no `(`") }
    return node
  }

  private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func take() -> Unicode.Scalar? {
    guard let scalar = peek else { return nil }
    position += 1
    return scalar
  }

  private mutating func skip(_ text: String) -> Bool {
    let expected = Array(text.unicodeScalars)
    guard scalars[position...].starts(with: expected) else { return false }
    position += expected.count
    return true
  }

  private mutating func alternatives() throws(PatternError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= PatternParser.greatestDepth else { throw PatternError(reason: "groups are nested too deeply") }
    var branches = [try sequence()]
    while skip("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence() throws(PatternError) -> PatternNode {
    var nodes: [PatternNode] = []
    while let scalar = peek, scalar != "|", scalar != ")" {
      position += 1
      nodes.append(try quantified(try atom(scalar)))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func atom(_ scalar: Unicode.Scalar) throws(PatternError) -> PatternNode {
    switch scalar {
    case "^": return .start
    case "$": return .end
    case ".": return .set(ScalarSet.lineTerminators.inverted)
    case "(": return try group()
    case "[": return .set(try characterClass())
    case "\\":
      if skip("b") { return .wordBoundary(true) }
      if skip("B") { return .wordBoundary(false) }
      return .set(try escape(inClass: false))
    case "*", "+", "?": throw PatternError(reason: "`\(scalar)` has nothing to repeat")
    case "{", "}", "]": throw PatternError(reason: "`\(scalar)` must be written `\\\(scalar)`")
    default: return .set(ScalarSet(scalar))
    }
  }

  private mutating func group() throws(PatternError) -> PatternNode {
    if skip("?"), !skip(":") {
      throw PatternError(reason: "look-around, named groups and flags are not supported")
    }
    let node = try alternatives()
    guard skip(")") else { throw PatternError(reason: "`(` has no `)`") }
    return node
  }

  private mutating func quantified(_ atom: PatternNode) throws(PatternError) -> PatternNode {
    let minimum: Int
    let maximum: Int?
    switch peek {
    case "*": (minimum, maximum) = (0, nil)
    case "+": (minimum, maximum) = (1, nil)
    case "?": (minimum, maximum) = (0, 1)
    case "{":
      position += 1
      (minimum, maximum) = try counts()
      position -= 1
    default: return atom
    }
    position += 1
    // A lazy quantifier finds another match, but not in other texts.
    _ = skip("?")
    switch atom {
    case .start, .end, .wordBoundary: throw PatternError(reason: "an anchor cannot be repeated")
    default: return .repetition(atom, minimum: minimum, maximum: maximum)
    }
  }

  /// What stands between the braces of `{m}`, `{m,}` or `{m,n}`.
  private mutating func counts() throws(PatternError) -> (Int, Int?) {
    guard let minimum = number() else {
      throw PatternError(reason: "`{` must be followed by a number or be written `\\{`")
    }
    var maximum: Int? = minimum
    if skip(",") { maximum = number() }
    guard skip("}") else { throw PatternError(reason: "`{` has no `}`") }
    guard minimum <= PatternParser.greatestCount, maximum ?? 0 <= PatternParser.greatestCount else {
      throw PatternError(reason: "a count is greater than \(PatternParser.greatestCount)")
    }
    if let maximum, maximum < minimum { throw PatternError(reason: "`{\(minimum),\(maximum)}` is out of order") }
    return (minimum, maximum)
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let scalar = peek, "0"..."9" ~= scalar, digits.count < 9 {
      digits.unicodeScalars.append(scalar)
      position += 1
    }
    return Int(digits)
  }

  private mutating func characterClass() throws(PatternError) -> ScalarSet {
    let isInverted = skip("^")
    var set = ScalarSet()
    while !skip("]") {
      let first = try classAtom()
      guard peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
        set = set.union(first)
        continue
      }
      position += 1
      let last = try classAtom()
      guard let lower = first.single, let upper = last.single, lower <= upper else {
        throw PatternError(reason: "a range in `[]` is out of order or has a class at an end")
      }
      set = set.union(ScalarSet([lower...upper]))
    }
    return isInverted ? set.inverted : set
  }

  private mutating func classAtom() throws(PatternError) -> ScalarSet {
    guard let scalar = take() else { throw PatternError(reason: "`[` has no `]`") }
    return scalar == "\\" ? try escape(inClass: true) : ScalarSet(scalar)
  }

  private mutating func escape(inClass: Bool) throws(PatternError) -> ScalarSet {
    guard let scalar = take() else { throw PatternError(reason: "`\\` ends the pattern") }
    switch scalar {
    case "d": return .digits
    case "D": return ScalarSet.digits.inverted
    case "w": return .word
    case "W": return ScalarSet.word.inverted
    case "s": return .space
    case "S": return ScalarSet.space.inverted
    case "t": return ScalarSet("\t")
    case "n": return ScalarSet("\n")
    case "v": return ScalarSet("\u{0B}")
    case "f": return ScalarSet("\u{0C}")
    case "r": return ScalarSet("\r")
    case "b" where inClass: return ScalarSet("\u{08}")
    case "-" where inClass: return ScalarSet("-")
    case "x": return ScalarSet(try hexadecimal(2))
    case "u": return ScalarSet(try unicodeEscape())
    case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/": return ScalarSet(scalar)
    default: throw PatternError(reason: "the escape `\\\(scalar)` is not supported")
    }
  }

  private mutating func unicodeEscape() throws(PatternError) -> Unicode.Scalar {
    guard skip("{") else { return try hexadecimal(4) }
    var digits = ""
    while let scalar = take(), scalar != "}" { digits.unicodeScalars.append(scalar) }
    guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
      throw PatternError(reason: "`\\u{\(digits)}` is no character")
    }
    return scalar
  }

  private mutating func hexadecimal(_ count: Int) throws(PatternError) -> Unicode.Scalar {
    let digits = String(String.UnicodeScalarView(scalars[position...].prefix(count)))
    guard digits.unicodeScalars.count == count, let value = UInt32(digits, radix: 16),
      let scalar = Unicode.Scalar(value)
    else { throw PatternError(reason: "an escape needs \(count) hexadecimal digits of a character") }
    position += count
    return scalar
  }
}

extension ScalarSet {
  /// The only member, if there is just one.
  fileprivate var single: UInt32? {
    guard ranges.count == 1, let range = ranges.first, range.count == 1 else { return nil }
    return range.lowerBound
  }
}
