extension API {
  /// The document as everyone may read it: without tables and queries, which are the server's own.
  var publicDocument: DocumentValue {
    guard case .object(let members) = document else { return document }
    return .object(members.filter { $0.key != "x-tables" && $0.key != "x-queries" })
  }
}
