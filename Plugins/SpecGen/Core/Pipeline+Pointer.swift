extension Pipeline {
  /// An error that something else than SpecGen found in a specification, as SpecGen prints its own: with line, column
  /// and excerpt. Tests that ask a database about `x-queries` tell so what it answers otherwise.
  ///
  /// - Parameters:
  ///   - pointer: a JSON Pointer (RFC 6901) such as `/x-queries/usageTotals/result/columns/turns`; where the
  ///     specification has no such value, the place is that of the nearest one around it.
  ///   - path: the file's name as it is to be printed.
  package static func text(ofError message: String, at pointer: String, path: String, source: [UInt8]) -> String {
    let place = (try? YAMLParser.parse(source)).map { Place.of(pointer: pointer, in: $0) } ?? .top
    let diagnostic = Diagnostic(.invalidQuery, at: place, message)
    return DiagnosticPrinter(SourceFiles(path: path, bytes: source)).text(of: [diagnostic])
  }
}

extension Place {
  /// Where the value that a JSON Pointer names is declared: the place of its key, or of an item itself; of the nearest
  /// value around it that exists.
  ///
  /// - Parameter isOfScalars: whether a scalar's place is its own.
  static func of(pointer: String, in node: YAMLNode, isOfScalars: Bool = false) -> Place {
    var node = node
    var place = Place.top
    for token in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      switch node.content {
      case .mapping(let entries):
        guard let entry = entries.first(where: { $0.key.value.asPointerToken == token }) else { return place }
        (node, place) = (entry.value, entry.key.place)
      case .sequence(let items):
        guard let index = Int(token), items.indices.contains(index) else { return place }
        (node, place) = (items[index], items[index].place)
      case .scalar: return place
      }
    }
    if isOfScalars, case .scalar = node.content { return node.place }
    return place
  }
}
