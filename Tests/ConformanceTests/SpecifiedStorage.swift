import FoundationEssentials
import Generated
import Storage

@testable import SpecGenCore

/// Tables and queries, what a specification says of them, and the specification itself.
struct SpecifiedStorage {
  let tables: [TableDefinition]
  /// Of the tables.
  let statements: [Statement]
  let declarations: [StatementDeclaration]
  private let path: String
  private let source: [UInt8]

  /// What the server runs.
  static func generated() throws -> SpecifiedStorage {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return SpecifiedStorage(
      tables: DatabaseSchema.tables.parentsFirst, statements: Tables.statements,
      declarations: Tables.declarations + Queries.declarations, path: "api.yaml",
      source: Array(try Data(contentsOf: root.appending(path: "api.yaml"))))
  }

  private init(
    tables: [TableDefinition], statements: [Statement], declarations: [StatementDeclaration], path: String,
    source: [UInt8]
  ) {
    self.tables = tables
    self.statements = statements
    self.declarations = declarations
    self.path = path
    self.source = source
  }

  /// A specification that is read while the tests run: its tables and queries, as YAML. References are left out.
  init(_ yaml: String) throws {
    source = Array((Self.head + yaml).utf8)
    path = "api.yaml"
    let api = try Pipeline.read(source).api
    let types = TypeTable(api)
    let models = api.tables.map { TableModel($0, types: types) }
    tables = models.map(\.definition)
    statements = models.flatMap { model in model.statements.map(\.statement) }
    declarations = api.queries.flatMap { query -> [StatementDeclaration] in
      let renderer = QueryRenderer(query, tables: models, types: types)
      return renderer.statements.map { text in
        StatementDeclaration(
          text.statement, pointer: "/x-queries/\(query.name)", parameters: renderer.parameters.map(\.value),
          columns: (renderer.columns ?? renderer.table?.columns ?? []).map(\.value))
      }
    }
  }

  /// What every document must say, in nine lines.
  private static let head = """
    openapi: 3.1.1
    info: {title: Test, version: '1'}
    tags: [{name: test}]
    security: [{bearer: []}]
    paths: {}
    components:
      securitySchemes:
        bearer: {type: http, scheme: bearer}
    x-problems: {}

    """

  /// What is wrong with a value, as a compiler would tell it.
  func text(of finding: Finding) -> String {
    Pipeline.text(ofError: finding.message, at: finding.pointer, path: path, source: source)
  }
}

/// What an engine says otherwise than the specification.
struct Finding: Hashable {
  var pointer: String
  var message: String
}

extension StatementText {
  fileprivate var statement: Statement {
    Statement(
      name: name, postgres: postgres, sqlite: sqlite,
      parameters: parameters.compactMap { ColumnType(rawValue: String($0.dropFirst())) },
      effect: isRead ? .read : .write)
  }
}

extension TableModel {
  fileprivate var definition: TableDefinition {
    let uniqueKeys = table.uniqueKeys.map { key in
      IndexDefinition(
        name: key.name,
        columns: columns(named: key.columns).map { column in
          IndexColumn(column.column.name, isCaseInsensitive: key.ignoresCase && column.kind == .text)
        }, isUnique: true)
    }
    let pages = table.indexes.map { index in
      IndexDefinition(
        name: "\(table.name)_\(index.name)",
        columns: index.by.map { IndexColumn($0) }
          + index.order.map { IndexColumn($0.column, isDescending: $0.isDescending) })
    }
    return TableDefinition(
      name: table.name, columns: columns.map { $0.definition(in: table.name) }, primaryKey: table.primaryKey,
      indexes: uniqueKeys + pages)
  }
}

extension ColumnCoding {
  fileprivate var type: ColumnType { ColumnType(rawValue: String(columnType.dropFirst())) ?? .bytes }

  fileprivate var value: StatementDeclaration.Value {
    .init(column.name, type, isNullable: column.isNullable)
  }

  fileprivate func definition(in table: String) -> ColumnDefinition {
    // The arguments of calls that SpecGen writes: `name: "notes_text_length"`, `"length(text) <= 9"`.
    let checks = checks(in: table).map { call in
      let texts = call.arguments.map { $0.split(separator: "\"").last.map(String.init) ?? "" }
      return CheckDefinition(name: texts[0], texts[1])
    }
    return ColumnDefinition(name: column.name, type: type, isNullable: column.isNullable, checks: checks)
  }
}
