/// Writes the struct that says what a partial update changes.
struct ChangesRenderer {
  let model: TableModel

  func write(to writer: inout SourceWriter) {
    writer.doc(["What to change of a row of `\(model.table.name)`; what is nil or absent stays as it is."])
    writer.block("public struct \(model.changesType): Sendable, Hashable") { writer in
      for column in model.changeable { writer.line("public var \(column.name): \(column.changeType)") }
      writer.line()
      writer.memberwiseInitializer(
        model.changeable.map { ($0.column.swiftName, $0.changeType, $0.column.isNullable ? ".absent" : "nil") })
      writer.line()
      writer.doc(["Whether nothing changes."])
      writer.line("public var isEmpty: Bool { self == \(model.changesType)() }")
    }
  }
}
