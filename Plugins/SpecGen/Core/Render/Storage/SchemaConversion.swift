/// Writes the conversions between a table's row and the schema that it shows.
struct SchemaConversion {
  let table: TableModel
  let schema: String

  init?(_ table: TableModel) {
    guard let schema = table.table.schemaType, !table.properties.isEmpty else { return nil }
    self.table = table
    self.schema = schema
  }

  /// Columns that the schema does not have.
  private var own: [ColumnCoding] { table.columns.filter { property(of: $0) == nil } }

  /// Properties that no column holds.
  private var computed: [Property] { table.properties.filter { column(of: $0) == nil } }

  private var variable: String {
    let name = schema.asVariable
    return table.columns.contains { $0.column.swiftName == name } ? "\(name)Value" : name
  }

  func write(to writer: inout SourceWriter) {
    writer.block("extension \(table.rowType)") { writer in
      writeInitializer(to: &writer)
      writer.line()
      writeConversion(to: &writer)
    }
  }

  private func writeInitializer(to writer: inout SourceWriter) {
    let name = SwiftSyntax.identifier(variable)
    let parameters = own.map { "\($0.label): \($0.rowType)" + ($0.initialValue.map { " = \($0)" } ?? "") }
    let arguments = table.columns.map { column in
      let value = property(of: column).map {
        "\(name).\(SwiftSyntax.member($0.swiftName))\($0.isPresence ? ".value" : "")"
      }
      return "\(column.label): \(value ?? column.name)"
    }
    writer.doc(["A row that shows this `\(schema)`."])
    writer.list("public init(", ["_ \(name): \(schema)"] + parameters, ") {")
    writer.indented { writer in
      writer.call("self.init", arguments)
    }
    writer.line("}")
  }

  private func writeConversion(to writer: inout SourceWriter) {
    let arguments = table.properties.map { property in
      let name = SwiftSyntax.identifier(property.swiftName)
      let label = SwiftSyntax.parameter(property.swiftName)
      guard let column = column(of: property) else { return "\(label): \(name)" }
      return "\(label): \(property.isPresence ? "Presence(\(column.name))" : column.name)"
    }
    writer.doc(["What clients see of the row."])
    if computed.isEmpty {
      writer.line("public var \(SwiftSyntax.identifier(variable)): \(schema) {")
    } else {
      let parameters = computed.map { "\(SwiftSyntax.parameter($0.swiftName)): \($0.swiftType)" }
      writer.list("public func \(SwiftSyntax.identifier(variable))(", parameters, ") -> \(schema) {")
    }
    writer.indented { writer in
      writer.call(schema, arguments)
    }
    writer.line("}")
  }

  private func column(of property: Property) -> ColumnCoding? {
    table.columns.first { $0.column.isPublic && $0.column.name == property.name }
  }

  private func property(of column: ColumnCoding) -> Property? {
    column.column.isPublic ? table.properties.first { $0.name == column.column.name } : nil
  }
}
