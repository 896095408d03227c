import CLibpq

/// What PostgreSQL says of a statement that it has prepared and not run (documentation §34.3).
struct PostgresDescription {
  /// By their names in SQL, such as `bigint`.
  var parameters: [String] = []
  var columns: [(name: String, type: String)] = []
}

/// A connection that blocks, for a test that asks a few questions.
final class PostgresPreparer {
  private let handle: OpaquePointer?

  struct Refusal: Error {
    var message: String
  }

  init(url: String) {
    handle = PQconnectdb(url)
  }

  deinit {
    PQfinish(handle)
  }

  /// - Parameter types: SQL names of the parameters' types; nil to let the server conclude them.
  func describe(_ sql: String, types: [String]?) throws(Refusal) -> PostgresDescription {
    var ids: [Oid] = []
    for type in types ?? [] { ids.append(Oid(try value(of: "SELECT '\(type)'::regtype::oid")) ?? 0) }
    try succeed(PQprepare(handle, "", sql, Int32(ids.count), ids)) { _ in }
    var found: [Oid] = []
    var columns: [(String, Oid)] = []
    try succeed(PQdescribePrepared(handle, "")) { result in
      found = (0..<PQnparams(result)).map { PQparamtype(result, $0) }
      columns = (0..<PQnfields(result)).map { (String(cString: PQfname(result, $0)), PQftype(result, $0)) }
    }
    var description = PostgresDescription()
    for id in found { description.parameters.append(try name(of: id)) }
    for (name, id) in columns { description.columns.append((name, try self.name(of: id))) }
    return description
  }

  private func name(of id: Oid) throws(Refusal) -> String {
    try value(of: "SELECT format_type(\(id), NULL)")
  }

  private func value(of sql: String) throws(Refusal) -> String {
    var value = ""
    try succeed(PQexec(handle, sql)) { value = String(cString: PQgetvalue($0, 0, 0)) }
    return value
  }

  private func succeed(_ result: OpaquePointer?, _ read: (OpaquePointer) -> Void) throws(Refusal) {
    defer { PQclear(result) }
    guard let result, [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result)) else {
      let field = result.flatMap { PQresultErrorField($0, Int32(UInt8(ascii: "M"))) }
      throw Refusal(message: field.map { String(cString: $0) } ?? String(cString: PQerrorMessage(handle)))
    }
    read(result)
  }
}
