/// Parses the regular expressions of `pattern`: ECMA-262 with the `u` flag, without back references, which no matcher of
/// linear time has, and without the properties of characters that the standard library does not know (scripts).
///
/// As ECMA-262's annex B does without the flag, `]`, `{`, `}` and escaped punctuation may stand for themselves, and `-`
/// beside a class such as `\w` within brackets.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0

  /// The greatest count in `{m,n}`, and how deep groups may stand in one another.
  private static let greatestCount = 100_000
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
    case "{" where "0"..."9" ~= peek ?? " ":
      throw PatternError(reason: "`{` has nothing to repeat; a brace of the text is written `\\{`")
    default: return .set(ScalarSet(scalar))
    }
  }

  private mutating func group() throws(PatternError) -> PatternNode {
    var look: (isAhead: Bool, isNegated: Bool)?
    if skip("?=") {
      look = (true, false)
    } else if skip("?!") {
      look = (true, true)
    } else if skip("?<=") {
      look = (false, false)
    } else if skip("?<!") {
      look = (false, true)
    } else if skip("?<") {
      try groupName()
    } else if skip("?"), !skip(":") {
      throw PatternError(reason: "flags within a pattern are not supported")
    }
    let node = try alternatives()
    guard skip(")") else { throw PatternError(reason: "`(` has no `)`") }
    return look.map { .look(node, isAhead: $0.isAhead, isNegated: $0.isNegated) } ?? node
  }

  /// The rest of `(?<name>`: a name means nothing where no reference can ask for it.
  private mutating func groupName() throws(PatternError) {
    var length = 0
    while let scalar = take(), scalar != ">" {
      let isName = scalar == "$" || scalar == "_" || scalar.properties.isIDContinue
      guard isName else { throw PatternError(reason: "the name of a group consists of letters and digits") }
      length += 1
    }
    guard length > 0, scalars[position - 1] == ">" else { throw PatternError(reason: "`(?<` needs a name and `>`") }
  }

  private mutating func quantified(_ atom: PatternNode) throws(PatternError) -> PatternNode {
    let minimum: Int
    let maximum: Int?
    switch peek {
    case "*": (minimum, maximum) = (0, nil)
    case "+": (minimum, maximum) = (1, nil)
    case "?": (minimum, maximum) = (0, 1)
    case "{" where position + 1 < scalars.count && "0"..."9" ~= scalars[position + 1]:
      position += 1
      (minimum, maximum) = try counts()
      position -= 1
    default: return atom
    }
    position += 1
    // A lazy quantifier finds another match, but not in other texts.
    _ = skip("?")
    switch atom {
    case .start, .end, .wordBoundary, .look: throw PatternError(reason: "an anchor cannot be repeated")
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
      guard let lower = first.single, let upper = last.single else {
        set = set.union(first).union(ScalarSet("-")).union(last)
        continue
      }
      guard lower <= upper else { throw PatternError(reason: "a range in `[]` is out of order") }
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
    case "c": return try controlEscape()
    case "0" where !("0"..."9" ~= peek ?? " "): return ScalarSet("\0")
    case "x": return ScalarSet(try hexadecimal(2))
    case "u": return ScalarSet(try unicodeEscape())
    case "p": return try property()
    case "P": return try property().inverted
    case "1"..."9", "k": throw PatternError(reason: "back references are not supported")
    case _ where scalar.isASCII && !scalar.properties.isIDContinue: return ScalarSet(scalar)
    default: throw PatternError(reason: "the escape `\\\(scalar)` is not supported")
    }
  }

  /// What follows `\c`: a letter, of which only five bits count.
  private mutating func controlEscape() throws(PatternError) -> ScalarSet {
    guard let letter = take(), letter.isASCII, letter.properties.isAlphabetic else {
      throw PatternError(reason: "`\\c` needs a letter")
    }
    return ScalarSet([letter.value & 31...letter.value & 31])
  }

  /// What follows `\p`: `{Letter}`, `{L}`, `{gc=L}` or `{Alphabetic}`.
  private mutating func property() throws(PatternError) -> ScalarSet {
    guard skip("{") else { throw PatternError(reason: "`\\p` needs a property in braces, as in `\\p{Letter}`") }
    var name = ""
    while let scalar = take(), scalar != "}" { name.unicodeScalars.append(scalar) }
    guard let set = ScalarSet(property: name) else {
      throw PatternError(
        reason: "characters have no property `\(name)` here; there are the general categories such as `Letter`")
    }
    return set
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
