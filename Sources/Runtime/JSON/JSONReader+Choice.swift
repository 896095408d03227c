/// One of several types that a value may be of.
public struct JSONAlternative<Value> {
  let name: StaticString
  /// Members without which a value is not of this type.
  let members: [StaticString]
  let read: (inout JSONReader) -> Value?

  /// - Parameters:
  ///   - name: what people call the type.
  ///   - members: members without which a value is not of this type, and which no other alternative has.
  ///   - read: reads a value of the type.
  public init(
    _ name: StaticString, having members: StaticString..., read: @escaping (inout JSONReader) -> Value?
  ) {
    self.name = name
    self.members = members
    self.read = read
  }
}

extension JSONReader {
  // MARK: By kind

  /// Records that the next value is of none of the kinds that it may be of, and skips it; returns nil.
  public mutating func refuseKind<Value>(besides kinds: Kind...) -> Value? {
    guard let found = kind() else { return nil }
    if found == .null {
      record(code: "null", detail: "Must not be null.")
    } else {
      record(code: "type", detail: "Must be \(Self.list(kinds.map(\.phrase))), not \(found.phrase).")
    }
    skipValue()
    return nil
  }

  // MARK: By a member's text

  /// The text of a member of the next value, which is not consumed; nil when it is no object or has no such text.
  public mutating func tag(_ name: StaticString) -> String? {
    peek { json in
      guard json.kind() == .object, let start = json.start(ofMember: name) else { return nil }
      json.position = start
      return json.kind() == .string ? json.scanString().map { json.text(of: $0) } : nil
    }
  }

  /// Records that a member has none of the texts that tell what the next value is, and skips the value; returns nil.
  public mutating func refuseTag<Value>(_ name: StaticString, besides tags: StaticString...) -> Value? {
    guard expect(.object) else { return nil }
    let isThere = peek { $0.start(ofMember: name) } != nil
    if isThere {
      let violation = Constraint.notOneOf(tags.map { "\($0)" })
      record(code: violation.code, detail: violation.detail, member: "\(name)")
    } else {
      record(code: "required", detail: "Is required.", member: "\(name)")
    }
    skipValue()
    return nil
  }

  // MARK: By trial

  /// Reads a value of exactly one of several types (`oneOf`).
  ///
  /// A value that fits none is told with the faults of the type that it is nearest to, one that fits two as well.
  public mutating func oneOf<Value>(_ alternatives: JSONAlternative<Value>...) -> Value? {
    choose(alternatives, isExclusive: true)
  }

  /// Reads a value of the first of several types that it fits (`anyOf`).
  ///
  /// A value that fits none is told with the faults of the type that it is nearest to.
  public mutating func anyOf<Value>(_ alternatives: JSONAlternative<Value>...) -> Value? {
    choose(alternatives, isExclusive: false)
  }

  private mutating func choose<Value>(_ alternatives: [JSONAlternative<Value>], isExclusive: Bool) -> Value? {
    guard kind() != nil else { return nil }
    let candidates = alternatives.filter { alternative in
      alternative.members.allSatisfy { name in peek { $0.start(ofMember: name) } != nil }
    }
    // Without their members the others cannot fit, so what is wrong with the only one left is told as it is.
    if candidates.count == 1 { return candidates[0].read(&self) }
    let code = isExclusive ? "one-of" : "any-of"
    guard !candidates.isEmpty else {
      record(code: code, detail: "Must be \(Self.list(alternatives.map(\.phrase))).")
      skipValue()
      return nil
    }
    let start = checkpoint()
    var matches: [(name: StaticString, value: Value)] = []
    var nearest: (faults: [Fault], name: StaticString)?
    for candidate in candidates {
      let value = candidate.read(&self)
      guard !hasFailed else { return nil }
      let faults = faults(since: start)
      if let value, faults.isEmpty {
        matches.append((candidate.name, value))
        if !isExclusive { return value }
      } else if nearest.map({ distance(faults, from: start) < distance($0.faults, from: start) }) ?? true {
        nearest = (faults, candidate.name)
      }
      guard restore(start) else { return nil }
    }
    if matches.count > 1 {
      let names = matches.map { "\($0.name)" }.joined(separator: " and ")
      record(
        code: code, detail: "Must be exactly one of \(Self.list(candidates.map { "\($0.name)" })), but is \(names).")
    } else if matches.isEmpty, let nearest {
      let names = Self.list(candidates.map { "\($0.name)" })
      record(code: code, detail: "Must be \(names); this is nearest to \(nearest.name).")
      record(nearest.faults)
    }
    skipValue()
    return matches.count == 1 ? matches[0].value : nil
  }

  /// How far a value is from fitting: the faults, and far more when the value as a whole is of another kind.
  private func distance(_ faults: [Fault], from start: Checkpoint) -> Int {
    faults.reduce(0) { sum, fault in
      let isOfTheWhole = fault.pointer.utf8.count == start.pointer.utf8.count
      return sum + (isOfTheWhole && ["type", "null", "const", "enum"].contains(fault.code) ? 1000 : 1)
    }
  }

  /// `a, b or c`.
  private static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "nothing" }
    return "\(names.dropLast().joined(separator: ", ")) or \(last)"
  }

  // MARK: Looking ahead

  /// Where the value of a member of the next value begins; nil when that is no object or has no such member.
  ///
  /// It looks at the text only: what is wrong with it is told when the value is read.
  private mutating func start(ofMember name: StaticString) -> Int? {
    guard next() == UInt8(ascii: "{") else { return nil }
    var depth = 0
    var isName = false
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        isName = depth == 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return nil }
        position += 1
      case UInt8(ascii: ","):
        isName = depth == 1
        position += 1
      case UInt8(ascii: "\""):
        guard let token = scanString() else { return nil }
        guard isName else { continue }
        isName = false
        if matches(token, name) {
          guard next() == UInt8(ascii: ":") else { return nil }
          position += 1
          return next() == 0 ? nil : position
        }
      default: position += 1
      }
    }
    return nil
  }

  private func matches(_ token: StringToken, _ name: StaticString) -> Bool {
    if token.hasEscapes { return name.withUTF8Buffer { unescaped(token).elementsEqual($0) } }
    guard token.end - token.start == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { bytes[token.start..<token.end].elementsEqual($0) }
  }
}

extension JSONAlternative {
  /// As a message says it: `Card (with number)`.
  fileprivate var phrase: String {
    members.isEmpty ? "\(name)" : "\(name) (with \(members.map { "`\($0)`" }.joined(separator: ", ")))"
  }
}
