import Storage

/// Compares what a specification says of its statements with what an engine says of the same SQL: when it prepares it,
/// and when it runs it over tables that are empty, full and sparse.
struct DeclarationCheck {
  let storage: SpecifiedStorage
  let bench: Bench

  func findings() async throws -> [Finding] {
    let tables = storage.tables
    let (fill, model) = try TableScript.plainRows(tables, storage.statements)
    var script = QueryScript(tables, rows: model.rows)
    script.write(storage.declarations.filter { !$0.parameters.isEmpty || !$0.columns.isEmpty })
    let steps = script.steps
    let found = try await bench.run(tables) { database, url in
      var found = prepared(url)
      let declarations = Dictionary(storage.declarations.map { ($0.statement.name, $0) }) { first, _ in first }
      for step in steps { found += await ran(step, declarations[step.statement.name], on: database) }
      for step in fill { _ = await database.outcome(of: step) }
      for step in steps { found += await ran(step, declarations[step.statement.name], on: database) }
      return found
    }
    // What a row shows is no news where preparing told it.
    var seen: Set<String> = []
    return found.filter { seen.insert($0.pointer).inserted }
  }

  // MARK: Prepared

  private func prepared(_ url: String) -> [Finding] {
    switch bench {
    case .postgresInTurkish:
      let preparer = PostgresPreparer(url: url)
      return storage.declarations.flatMap { postgres($0, preparer) }
    case .sqlite, .sqliteInMemory:
      let preparer = SQLitePreparer(path: String(url.dropFirst("sqlite:///".count)))
      return storage.declarations.flatMap { sqlite($0, preparer) }
    }
  }

  private func postgres(_ declaration: StatementDeclaration, _ preparer: PostgresPreparer) -> [Finding] {
    let statement = declaration.statement
    let declared = statement.parameters.map { $0.sql(for: .postgres) }
    do throws(PostgresPreparer.Refusal) {
      let description = try preparer.describe(statement.postgres, types: declared)
      return columns(description.columns.map { ($0.name, $0.type) }, of: declaration) { type, name in
        type.postgresNames.contains(name)
      }
    } catch {
      // With types of its own choice the server may tell which one it misses.
      if let concluded = try? preparer.describe(statement.postgres, types: nil).parameters {
        let others = zip(declaration.parameters, concluded).filter { !$0.type.postgresNames.contains($1) }
        let findings = others.map { parameter, type in
          Finding(
            pointer: "\(declaration.pointer)/parameters/\(parameter.name)",
            message:
              "PostgreSQL takes :\(parameter.name) as \(type), and it is declared as \(parameter.type.postgresNames[0]); "
              + "declare it so, or cast it in the SQL")
        }
        if !findings.isEmpty { return findings }
      }
      return [
        Finding(
          pointer: declaration.pointer, message: "PostgreSQL refuses the SQL of \(statement.name): \(error.message)")
      ]
    }
  }

  private func sqlite(_ declaration: StatementDeclaration, _ preparer: SQLitePreparer) -> [Finding] {
    let statement = declaration.statement
    do throws(SQLitePreparer.Refusal) {
      let description = try preparer.describe(statement.sqlite)
      var findings = columns(description.columns.map { ($0.name, $0.type) }, of: declaration) { type, name in
        type.sql(for: .sqlite) == name
      }
      if description.parameterCount != statement.parameters.count {
        let message = "SQLite counts \(description.parameterCount) parameters, not \(statement.parameters.count)"
        findings.append(Finding(pointer: declaration.pointer, message: message))
      }
      return findings
    } catch {
      return [
        Finding(pointer: declaration.pointer, message: "SQLite refuses the SQL of \(statement.name): \(error.message)")
      ]
    }
  }

  /// - Parameter columns: names and types; without a type where only a row tells it.
  private func columns(
    _ columns: [(name: String, type: String?)], of declaration: StatementDeclaration,
    _ accepts: (ColumnType, String) -> Bool
  ) -> [Finding] {
    // What changes rows and answers none may still return some.
    if declaration.columns.isEmpty { return [] }
    guard columns.count == declaration.columns.count else {
      let names = columns.map(\.name).joined(separator: ", ")
      let message =
        "\(bench.engineName) answers \(columns.count) columns (\(names)), not the \(declaration.columns.count) declared"
      return [Finding(pointer: "\(declaration.pointer)/result", message: message)]
    }
    var findings: [Finding] = []
    for (column, value) in zip(columns, declaration.columns) {
      if column.name != value.name {
        findings.append(
          finding(value, declaration, "\(bench.engineName) calls this column \(column.name); write AS \(value.name)"))
      } else if let type = column.type, !accepts(value.type, type) {
        findings.append(finding(value, declaration, "\(bench.engineName) gives \(type)\(advice(for: value))"))
      }
    }
    return findings
  }

  // MARK: Run

  private struct RolledBack: Error {}

  /// Runs a step in a transaction that is not saved.
  private func ran(_ step: Step, _ declaration: StatementDeclaration?, on database: any Database) async -> [Finding] {
    guard let declaration, !declaration.columns.isEmpty else { return [] }
    let query = Query(step.statement, step.values) { rows throws(StorageError) in
      var findings: [Finding] = []
      while try rows.next() { findings += findingsOfRow(rows, declaration) }
      return findings
    }
    if step.statement.effect == .read { return (try? await database.run(query)) ?? [] }
    var findings: [Finding] = []
    do {
      let found = Found()
      defer { findings = found.findings }
      try await database.transaction { transaction in
        found.findings = try await transaction.run(query)
        throw RolledBack()
      }
    } catch {}
    return findings
  }

  private func findingsOfRow(_ rows: Rows, _ declaration: StatementDeclaration) -> [Finding] {
    declaration.columns.enumerated().compactMap { index, value -> Finding? in
      do throws(StorageError) {
        if try rows.isNull(index) {
          let message = "this column can be null on \(bench.engineName); declare it so, or write COALESCE around it"
          return value.isNullable ? nil : finding(value, declaration, message)
        }
        try rows.check(index, is: value.type)
        return nil
      } catch {
        return finding(value, declaration, "\(bench.engineName) gives something else\(advice(for: value))")
      }
    }
  }

  private func finding(
    _ value: StatementDeclaration.Value, _ declaration: StatementDeclaration, _ message: String
  ) -> Finding {
    Finding(pointer: "\(declaration.pointer)/result/columns/\(value.name)", message: message)
  }

  private func advice(for value: StatementDeclaration.Value) -> String {
    ", and \(value.type.postgresNames[0]) is declared; write CAST(... AS \(value.type.sql(for: bench.engine)))"
  }
}

/// What a transaction found, for whoever began it.
///
/// `@unchecked Sendable`: the transaction's body is over before anybody reads it.
private final class Found: @unchecked Sendable {
  var findings: [Finding] = []
}

extension Bench {
  var engine: Engine { self == .postgresInTurkish ? .postgres : .sqlite }
  var engineName: String { self == .postgresInTurkish ? "PostgreSQL" : "SQLite" }
}

extension ColumnType {
  /// The types that the engine reads as this one, as PostgreSQL names them; first the one to declare.
  fileprivate var postgresNames: [String] {
    switch self {
    case .bool: ["boolean"]
    case .int: ["bigint", "integer", "smallint"]
    case .double: ["double precision", "real"]
    case .text: ["text", "character varying", "character", "name"]
    case .uuid: ["uuid"]
    case .timestamp: ["timestamp with time zone"]
    case .date: ["date"]
    case .json: ["jsonb", "json"]
    case .bytes: ["bytea"]
    }
  }
}
