/// Texts on either side of their constraints.
enum TextVariants {
  static func refused(_ type: TypeUse, example: DocumentValue?) -> [Variant] {
    switch type {
    case .string(let constraints): return refused(constraints, example: example?.text)
    case .constant(let value): return [Variant(code: "const", value: .string(value + "x"))]
    case .uuid:
      return [
        Variant(code: "format", value: .string("not-a-uuid")),
        Variant(code: "format", note: " (a digit less)", value: .string("01989bd4-7c00-7000-8000-00000000000")),
      ]
    case .timestamp:
      return [
        Variant(code: "format", value: .string("yesterday")),
        Variant(code: "format", note: " (no such day)", value: .string("2026-02-30T12:00:00Z")),
      ]
    case .bytes: return [Variant(code: "format", value: .string("not base64!"))]
    case .date:
      return [
        Variant(code: "format", value: .string("yesterday")),
        Variant(code: "format", note: " (no such day)", value: .string("2026-02-30")),
      ]
    default: return []
    }
  }

  private static func refused(_ constraints: StringConstraints, example: String?) -> [Variant] {
    var variants: [Variant] = []
    let plain = letter(constraints, example: example)
    if let bound = constraints.minLength, bound > 0, constraints.format == nil || constraints.format == .password {
      variants.append(Variant(code: "min-length", value: text(plain, count: bound - 1)))
    }
    if let bound = constraints.maxLength, canBeLong(constraints) {
      variants.append(Variant(code: "max-length", value: long(constraints, plain, count: bound + 1)))
    }
    if let bound = constraints.maxBytes {
      let value = text("é", count: bound / 2 + 1)
      variants.append(Variant(code: "max-bytes", value: value))
    }
    if let pattern = constraints.pattern, let letter = stranger(to: pattern) {
      variants.append(Variant(code: "pattern", value: text(letter, count: max(constraints.minLength ?? 1, 1))))
    }
    switch constraints.format {
    case .email:
      for value in ["ada", "ada@", "@example.com", "ada lovelace@example.com"] {
        variants.append(Variant(code: "format", note: " (\(value))", value: .string(value)))
      }
    default:
      if let text = constraints.format?.counterexample {
        variants.append(Variant(code: "format", value: .string(text)))
      }
    }
    return variants
  }

  /// The shortest and the longest text.
  static func bounds(_ type: TypeUse, example: DocumentValue? = nil) -> [Variant] {
    guard case .string(let constraints) = type else { return [] }
    let plain = letter(constraints, example: example?.text)
    var variants: [Variant] = []
    if let bound = constraints.minLength, constraints.format == nil || constraints.format == .password {
      variants.append(Variant(code: "the shortest", value: text(plain, count: bound)))
    }
    if let bound = constraints.maxLength, canBeLong(constraints) {
      variants.append(Variant(code: "the longest", value: long(constraints, plain, count: bound)))
      // Lengths are counted in characters of Unicode, not in bytes or UTF-16 (JSON Schema 2020-12 §6.3.1).
      if constraints.maxBytes == nil && constraints.format == nil && takes("😀", constraints.pattern) {
        variants.append(Variant(code: "the longest, beyond the basic plane", value: text("😀", count: bound)))
      }
    }
    return variants
  }

  /// Whether a text of any length can be made that keeps the format.
  private static func canBeLong(_ constraints: StringConstraints) -> Bool {
    switch constraints.format {
    case .email, .uri, .password, nil: true
    default: false
    }
  }

  /// Many of a letter, written short when there are very many.
  private static func text(_ letter: String, count: Int) -> DocumentValue {
    if count <= 80 { return .string(String(repeating: letter, count: count)) }
    return marked([.array([.string(letter), .integer(Int64(count))])])
  }

  private static func marked(_ parts: [DocumentValue]) -> DocumentValue {
    .object([.init(key: "$text", value: .array(parts))])
  }

  /// A text of this length that keeps the other constraints.
  private static func long(_ constraints: StringConstraints, _ letter: String, count: Int) -> DocumentValue {
    switch constraints.format {
    case .email where count > 12:
      // Short labels, because a label of a domain has at most 63 characters.
      let isOdd = !count.isMultiple(of: 2)
      return marked([
        .string(isOdd ? "a@" : "aa@"), .array([.string("b."), .integer(Int64((count - 13 + (isOdd ? 0 : -1)) / 2))]),
        .string("example.com"),
      ])
    case .uri where count > 20:
      return marked([.string("https://example.com/"), .array([.string("a"), .integer(Int64(count - 20))])])
    default: return text(letter, count: count)
    }
  }

  private static func takes(_ text: String, _ pattern: String?) -> Bool {
    guard let pattern else { return true }
    guard let regex = try? Regex(pattern) else { return false }
    return text.contains(regex)
  }

  /// A letter that the pattern takes, alone and repeated.
  private static func letter(_ constraints: StringConstraints, example: String?) -> String {
    guard let pattern = constraints.pattern, let regex = try? Regex(pattern) else { return "a" }
    let candidates = ["a", "A", "0"] + (example ?? "").map { String($0) }
    return candidates.first { letter in
      let text = String(repeating: letter, count: max(constraints.minLength ?? 1, 1))
      return text.contains(regex)
    } ?? "a"
  }

  /// A character that the pattern does not take; a printable one of ASCII, which may stand in a header too, where there is
  /// one.
  private static func stranger(to pattern: String) -> String? {
    guard let regex = try? Regex(pattern) else { return nil }
    return ["!", "/", "a", "A", "0", "~", "\u{0}"].first { !String(repeating: $0, count: 8).contains(regex) }
  }
}
