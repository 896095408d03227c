extension API {
  /// The document as everyone may read it: without tables, queries and lists, which are the server's own.
  var publicDocument: DocumentValue {
    guard case .object(let members) = document else { return document }
    return .object(members.filter { !["x-tables", "x-queries", "x-lists"].contains($0.key) })
  }
}
