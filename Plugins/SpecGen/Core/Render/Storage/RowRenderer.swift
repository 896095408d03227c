/// Writes a struct with one property a column, and how it is read from rows.
struct RowRenderer {
  let name: String
  let columns: [ColumnCoding]
  let documentation: [String?]

  func write(to writer: inout SourceWriter) {
    writer.doc(documentation)
    writer.block("public struct \(name): Sendable, Hashable") { writer in
      for column in columns {
        writer.doc([column.column.description])
        writer.line("public var \(column.name): \(column.rowType)")
      }
      writer.line()
      writer.memberwiseInitializer(columns.map { ($0.column.swiftName, $0.rowType, $0.initialValue) })
      writer.line()
      writer.doc(["Reads a row that has these columns, in this order."])
      writer.block("public init(reading rows: borrowing Rows) throws(StorageError)") { writer in
        for (index, column) in columns.enumerated() {
          writer.line("\(column.assignable) = \(column.reading(at: index))")
        }
      }
    }
  }
}

extension ColumnCoding {
  /// The property on the left of an assignment, where nothing hides it.
  fileprivate var assignable: String { column.swiftName == "rows" ? "self.rows" : name }
}
