/// The decision tree from method and path to operation.
struct RouteTree {
  /// A path template with its operations.
  struct Template: Equatable {
    var segments: [PathSegment]
    var operations: [Operation]
  }

  private let templates: [Template]
  /// Whether some paths end in a slash, behind which there is an empty segment.
  let endsInSlash: Bool
  /// The cases of the router's tags by their names.
  private let labels: [String: String]

  init(_ api: API) {
    labels = Dictionary(
      api.tags.map { ($0.name, SwiftSyntax.member($0.label)) }, uniquingKeysWith: { first, _ in first })
    var templates: [Template] = []
    var indexes: [[String]: Int] = [:]
    for operation in api.operations {
      let shape = operation.segments.map(\.shape)
      if let index = indexes[shape] {
        templates[index].operations.append(operation)
      } else {
        indexes[shape] = templates.count
        templates.append(Template(segments: operation.segments, operations: [operation]))
      }
    }
    self.templates = templates
    endsInSlash = templates.contains { $0.segments.last == .literal("") }
  }

  /// The most operations whose paths one function tells apart: the compiler's work grows faster than a function does.
  private static let operationsPerFunction = 100

  /// Writes `route(_ method:, _ path:)`, and where there are many operations a function for each first segment.
  func write(to writer: inout SourceWriter) {
    let isDivided = templates.reduce(0) { $0 + $1.operations.count } > Self.operationsPerFunction
    writer.doc(["The operation of a method and path."])
    writer.block("private static func route(\(Self.parameters)) -> Route<Operation>") { writer in
      if templates.isEmpty { return writer.line(".nowhere") }
      if !isDivided { return writeSwitch(templates, depth: 0, to: &writer) }
      writer.line("switch path[0] {")
      for (index, literal) in RouteTree.literals(templates, at: 0).enumerated() {
        writer.line("case \(SwiftSyntax.literal(literal)): route\(index + 1)(method, path)")
      }
      writer.line("default: routeOthers(method, path)")
      writer.line("}")
    }
    guard isDivided else { return }
    for (index, literal) in RouteTree.literals(templates, at: 0).enumerated() {
      let fitting = templates.filter {
        $0.segments.first?.takes(literal) ?? false
      }
      writeFunction("route\(index + 1)", "Paths that begin with `/\(literal)`.", fitting, depth: 1, to: &writer)
    }
    let others = templates.filter { $0.segments.first?.rank != 0 }
    writeFunction("routeOthers", "All other paths.", others, depth: 0, to: &writer)
  }

  private static let parameters = "_ method: HTTPRequest.Method, _ path: Path"

  private func writeFunction(
    _ name: String, _ documentation: String, _ candidates: [Template], depth: Int, to writer: inout SourceWriter
  ) {
    writer.line()
    writer.doc([documentation])
    writer.block("private static func \(name)(\(Self.parameters)) -> Route<Operation>") { writer in
      if candidates.isEmpty { return writer.line(".nowhere") }
      guard candidates.allSatisfy({ $0.segments.count <= depth }) else {
        return writeSwitch(candidates, depth: depth, to: &writer)
      }
      writer.line("guard path.count == \(depth) else { return .nowhere }")
      writeSwitch(candidates, depth: depth, to: &writer)
    }
  }

  private func writeSwitch(_ candidates: [Template], depth: Int, to writer: inout SourceWriter) {
    let ending = candidates.filter { $0.segments.count == depth }
    let going = candidates.filter { $0.segments.count > depth }
    if going.isEmpty {
      // Whoever comes here knows that the path ends here.
      return writeMethods(ending, to: &writer)
    }
    var isComplete = false
    writer.line("switch path[\(depth)] {")
    if !ending.isEmpty {
      writer.line("case nil:")
      writer.indented { writeMethods(ending, to: &$0) }
    }
    for literal in RouteTree.literals(going, at: depth) {
      let fitting = going.filter { $0.segments[depth].takes(literal) }
      writeCase(SwiftSyntax.literal(literal), fitting, depth: depth, to: &writer)
    }
    let open = going.filter { $0.segments[depth].rank == 2 }
    for template in RouteTree.mixed(going, at: depth) {
      // Two that take the same text are an error of the document.
      let fitting = going.filter { $0.segments[depth].shape == PathSegment.mixed(template).shape } + open
      writeCase(template.pattern, fitting, depth: depth, to: &writer)
    }
    if !open.isEmpty {
      // The empty segment is the value of no parameter.
      let condition = endsInSlash ? "path[\(depth)]?.isEmpty == false" : nil
      writeCase(".some", where: condition, open, depth: depth, to: &writer)
      isComplete = condition == nil && !ending.isEmpty && open.contains { $0.segments.count > depth + 1 }
    }
    if !isComplete { writer.line("default: return .nowhere") }
    writer.line("}")
  }

  private func writeCase(
    _ pattern: String, where condition: String? = nil, _ candidates: [Template], depth: Int,
    to writer: inout SourceWriter
  ) {
    let endsHere = candidates.allSatisfy { $0.segments.count == depth + 1 }
    let conditions = [condition, endsHere ? "path.count == \(depth + 1)" : nil].compactMap(\.self)
    writer.line("case \(pattern)\(conditions.isEmpty ? "" : " where " + conditions.joined(separator: " && ")):")
    writer.indented { writeSwitch(candidates, depth: depth + 1, to: &$0) }
  }

  private func writeMethods(_ candidates: [Template], to writer: inout SourceWriter) {
    // OpenAPI 3.1 §4.8.8.2: a concrete path comes before a templated one.
    let template = candidates.min { $0.segments.map(\.rank).lexicographicallyPrecedes($1.segments.map(\.rank)) }
    guard let operations = template?.operations else { return }
    writer.line("switch method {")
    for operation in operations {
      let value = ".\(labels[operation.tag] ?? "")(.\(SwiftSyntax.member(operation.id)))"
      writer.line("case .\(operation.method.rawValue): return .operation(\(value))")
    }
    writer.line("default: return .otherMethod(allow: \(SwiftSyntax.literal(RouteTree.allow(operations))))")
    writer.line("}")
  }

  /// The literals at a depth, each once, in order.
  private static func literals(_ templates: [Template], at depth: Int) -> [String] {
    var known: Set<String> = []
    return templates.compactMap { template in
      guard template.segments.count > depth, case .literal(let text) = template.segments[depth],
        known.insert(text).inserted
      else { return nil }
      return text
    }
  }

  /// The segments of text and parameters at a depth, each shape once, in order.
  private static func mixed(_ templates: [Template], at depth: Int) -> [SegmentTemplate] {
    var known: Set<String> = []
    return templates.compactMap { template in
      guard template.segments.count > depth, case .mixed(let mixed) = template.segments[depth],
        known.insert(template.segments[depth].shape).inserted
      else { return nil }
      return mixed
    }
  }

  /// The `Allow` field of a path: its operations' methods, HEAD beside GET, and OPTIONS.
  private static func allow(_ operations: [Operation]) -> String {
    var methods = operations.flatMap { $0.method == .get ? ["GET", "HEAD"] : [$0.method.token] }
    for method in ["OPTIONS"] where !methods.contains(method) { methods.append(method) }
    return methods.joined(separator: ", ")
  }
}
