/// Reads PostgreSQL's system catalogs (documentation §53).
extension Catalog {
  enum Namespace: String {
    case current = "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
    /// Where the session's temporary tables are.
    case temporary = "pg_my_temp_schema()"
  }

  static func readPostgres(in namespace: Namespace, from database: some QueryRunner) async throws(StorageError)
    -> Catalog
  {
    let (columns, constraints, indexes) = try await database.run(
      Self.columns(namespace), Self.constraints(namespace), Self.indexParts(namespace))
    var catalog = Catalog()
    for (table, name, column) in columns { catalog.tables[table, default: Table()].columns[name] = column }
    for row in constraints { catalog.tables[row.table]?.add(row) }
    for (table, name, index) in indexes {
      if catalog.tables[table]?.indexes[name] == nil {
        catalog.tables[table]?.indexes[name] = index
      } else {
        catalog.tables[table]?.indexes[name]?.parts += index.parts
      }
    }
    return catalog
  }

  private static func columns(_ namespace: Namespace) -> Query<[(String, String, Column)]> {
    .all(
      Statement(
        name: "catalog.columns",
        postgres: """
          SELECT c.relname, a.attname,
            upper(format_type(a.atttypid, a.atttypmod))
              || CASE a.attcollation WHEN '"C"'::regcollation THEN ' COLLATE "C"' ELSE '' END,
            NOT a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
          FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
          LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
          WHERE c.relnamespace = \(namespace.rawValue) AND c.relkind IN ('r', 'p')
            AND a.attnum > 0 AND NOT a.attisdropped
          """, sqlite: "", effect: .read)
    ) { row throws(StorageError) in
      let column = Column(
        type: try row.text(2), isNullable: try row.bool(3),
        defaultValue: try row.optionalText(4).map { SQLExpression($0) })
      return (try row.text(0), try row.text(1), column)
    }
  }

  /// One column of a constraint, or a check.
  fileprivate struct ConstraintRow: Sendable {
    var table: String
    var name: String
    var kind: String
    var isValid: Bool
    var expression: String?
    var referencedTable: String?
    var onDelete: String
    var column: String?
    var referencedColumn: String?
  }

  private static func constraints(_ namespace: Namespace) -> Query<[ConstraintRow]> {
    .all(
      Statement(
        name: "catalog.constraints",
        postgres: """
          SELECT c.relname, k.conname, k.contype::text, k.convalidated, pg_get_expr(k.conbin, k.conrelid), f.relname,
            CASE k.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT'
              WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END,
            a.attname, b.attname
          FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid LEFT JOIN pg_class f ON f.oid = k.confrelid
          LEFT JOIN LATERAL unnest(CASE WHEN k.contype <> 'c' THEN k.conkey END, k.confkey)
            WITH ORDINALITY AS u (here, there, position) ON TRUE
          LEFT JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.here
          LEFT JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = u.there
          WHERE c.relnamespace = \(namespace.rawValue) AND c.relkind IN ('r', 'p') AND k.contype IN ('c', 'p', 'f')
          ORDER BY c.relname, k.conname, u.position
          """, sqlite: "", effect: .read)
    ) { row throws(StorageError) in
      ConstraintRow(
        table: try row.text(0), name: try row.text(1), kind: try row.text(2), isValid: try row.bool(3),
        expression: try row.optionalText(4), referencedTable: try row.optionalText(5), onDelete: try row.text(6),
        column: try row.optionalText(7), referencedColumn: try row.optionalText(8))
    }
  }

  // generate_series would be taken for a thousand rows an index, and the query for one that is worth compiling (JIT).
  private static func indexParts(_ namespace: Namespace) -> Query<[(String, String, Index)]> {
    .all(
      Statement(
        name: "catalog.indexes",
        postgres: """
          SELECT c.relname, i.relname, x.indisunique, x.indisvalid, pg_get_expr(x.indpred, x.indrelid), m.amname,
            EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype = 'u'),
            pg_get_indexdef(x.indexrelid, part::int, true), (x.indoption[part - 1] & 1) = 1
          FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
          JOIN pg_am m ON m.oid = i.relam CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY AS u (attribute, part)
          WHERE part <= x.indnkeyatts AND c.relnamespace = \(namespace.rawValue) AND NOT x.indisprimary
          ORDER BY c.relname, i.relname, part
          """, sqlite: "", effect: .read)
    ) { row throws(StorageError) in
      let part = Index.Part(expression: SQLExpression(try row.text(7)), isDescending: try row.bool(8))
      let index = Index(
        parts: [part], isUnique: try row.bool(2), isValid: try row.bool(3), isConstraint: try row.bool(6),
        condition: try row.optionalText(4).map { SQLExpression($0) }, method: try row.text(5))
      return (try row.text(0), try row.text(1), index)
    }
  }
}

extension Catalog.Table {
  fileprivate mutating func add(_ row: Catalog.ConstraintRow) {
    switch row.kind {
    case "c":
      checks[row.name] = .init(expression: SQLExpression(row.expression ?? ""), isValid: row.isValid)
    case "p":
      primaryKey = .init(name: row.name, columns: (primaryKey?.columns ?? []) + [row.column ?? ""])
    default:
      let key =
        foreignKeys[row.name]
        ?? .init(
          columns: [], referencedTable: row.referencedTable ?? "", referencedColumns: [], onDelete: row.onDelete,
          isValid: row.isValid)
      foreignKeys[row.name] = key
      foreignKeys[row.name]?.columns.append(row.column ?? "")
      foreignKeys[row.name]?.referencedColumns.append(row.referencedColumn ?? "")
    }
  }
}
