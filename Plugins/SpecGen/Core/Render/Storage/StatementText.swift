/// A statement before it is written as Swift.
struct StatementText {
  /// The property that holds it: `findByUsername`.
  var property: String
  /// `users.findByUsername`.
  var name: String
  var postgres: String
  var sqlite: String
  /// Cases of the runtime's `ColumnType`.
  var parameters: [String]
  var isRead: Bool

  /// Whether it answers rows of its table; of the statements of a table, those that read do.
  var givesRows: Bool { isRead }

  /// A statement that reads the same on both engines, but for its parameters.
  init(property: String, table: String, sql: String, parameters: [String], isRead: Bool) {
    self.init(
      property: property, name: "\(table).\(property)", postgres: sql, sqlite: SQLSyntax.sqlite(sql),
      parameters: parameters, isRead: isRead)
  }

  init(
    property: String, name: String, postgres: String, sqlite: String, parameters: [String], isRead: Bool
  ) {
    self.property = property
    self.name = name
    self.postgres = postgres
    self.sqlite = sqlite
    self.parameters = parameters
    self.isRead = isRead
  }

  /// Writes the property; `number` is a Swift expression.
  func write(number: String, to writer: inout SourceWriter) {
    writer.line("public static let \(SwiftSyntax.identifier(property)) = Statement(")
    writer.indented { writer in
      writer.line("number: \(number), name: \(SwiftSyntax.literal(name)),")
      writer.sql("postgres", postgres)
      writer.sql("sqlite", sqlite)
      writer.array("parameters: ", parameters, ", effect: \(isRead ? ".read" : ".write"))")
    }
  }
}

extension SourceWriter {
  /// Writes an argument that is SQL, on one line where it fits.
  mutating func sql(_ label: String, _ sql: String, _ tail: String = ",") {
    let lines = SQLSyntax.lines(sql, width: room - 2)
    if lines.count == 1, lines[0].count + label.count + 5 <= room {
      return line("\(label): \(SwiftSyntax.literal(lines[0]))\(tail)")
    }
    let signs = SwiftSyntax.signs(around: sql, "\"\"\"")
    line("\(label): \(signs)\"\"\"")
    indented { writer in
      for text in lines { writer.line(text) }
      writer.line("\"\"\"\(signs)\(tail)")
    }
  }
}
