extension ColumnCoding {
  /// A default of the schema as the runtime's `SQLValue`; nil when it is null.
  func sqlDefault(_ value: DocumentValue) -> String? {
    switch (kind, value) {
    case (_, .null): nil
    case (.bool, .boolean(let value)): ".bool(\(value))"
    case (.int, .integer(let value)): ".int(\(SwiftSyntax.literal(value)))"
    case (.double, .integer(let value)): ".double(\(SwiftSyntax.literal(value)))"
    case (.double, .number(let text)): ".double(\(text))"
    case (.text, .string(let text)), (.enumeration, .string(let text)): ".text(\(SwiftSyntax.literal(text)))"
    case (.json, let value): ".json(\(SwiftSyntax.literal(value.json)))"
    default: nil
    }
  }

  /// What the schema says of the value that SQL can check, as calls of the runtime's `CheckDefinition`.
  func checks(in table: String) -> [Call] {
    constraints.map { suffix, expression in
      let name = SwiftSyntax.literal("\(table)_\(column.name)_\(suffix)")
      return Call("CheckDefinition", ["name: \(name)", SwiftSyntax.literal(expression)])
    }
  }

  private var constraints: [(name: String, expression: String)] {
    switch column.type {
    case .string(let constraints):
      return range("length(\(sqlName))", constraints.minLength.map { "\($0)" }, constraints.maxLength.map { "\($0)" })
        .map { [("length", $0)] } ?? []
    case .integer(let constraints):
      return range(sqlName, constraints.minimum.map { "\($0)" }, constraints.maximum.map { "\($0)" })
        .map { [("range", $0)] } ?? []
    case .number(let constraints):
      let inclusive = range(
        sqlName, constraints.minimum.map(SQLSyntax.literal(_:)), constraints.maximum.map(SQLSyntax.literal(_:)))
      let bounds = [
        inclusive, constraints.exclusiveMinimum.map { "\(sqlName) > \(SQLSyntax.literal($0))" },
        constraints.exclusiveMaximum.map { "\(sqlName) < \(SQLSyntax.literal($0))" },
      ].compactMap { $0 }
      return bounds.isEmpty ? [] : [("range", bounds.joined(separator: " AND "))]
    case .constant(let value):
      return [("values", "\(sqlName) = \(SQLSyntax.literal(value))")]
    case .literal(let values):
      guard kind == .int || kind == .double else { return [] }
      return [("values", "\(sqlName) IN (\(values.map(\.json).joined(separator: ", ")))")]
    default:
      guard kind == .enumeration, !isOpen else { return [] }
      return [("values", "\(sqlName) IN (\(cases.map { SQLSyntax.literal($0.value) }.joined(separator: ", ")))")]
    }
  }

  private func range(_ expression: String, _ minimum: String?, _ maximum: String?) -> String? {
    switch (minimum, maximum) {
    case (let minimum?, let maximum?): "\(expression) BETWEEN \(minimum) AND \(maximum)"
    case (let minimum?, nil): "\(expression) >= \(minimum)"
    case (nil, let maximum?): "\(expression) <= \(maximum)"
    case (nil, nil): nil
    }
  }
}
