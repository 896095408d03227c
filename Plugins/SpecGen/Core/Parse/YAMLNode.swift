/// One value of a YAML document, with its place. Aliases are already replaced by what they stand for.
struct YAMLNode: Equatable, Sendable {
  enum Content: Equatable, Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  /// One member of a mapping, in the order of the file.
  struct Entry: Equatable, Sendable {
    var key: Located<String>
    var value: YAMLNode
  }

  var content: Content
  var place: Place
  /// A tag outside of YAML's core schema, as written: `!thing`.
  var foreignTag: String?
}

/// A scalar: its text, how it was written, and what it means by YAML 1.2's core schema (§10.3).
struct YAMLScalar: Equatable, Sendable {
  enum Style: Equatable, Sendable {
    case plain
    case singleQuoted
    case doubleQuoted
    case literal
    case folded
  }

  enum Value: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    /// Also integers that do not fit 64 bits.
    case number(Double)
    case string(String)
  }

  var text: String
  var style: Style
  var value: Value
}

extension YAMLNode {
  /// As messages call it.
  var kindOfValue: String {
    switch content {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar(let scalar):
      switch scalar.value {
      case .null: "nothing (null)"
      case .bool: "a boolean"
      case .integer: "a number"
      case .number(let value): value.rounded() == value ? "a number" : "a number with a fraction"
      case .string: "a string"
      }
    }
  }
}
