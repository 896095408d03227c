/// A schema of JSON Schema 2020-12 that checks any JSON value: for what no Swift type can say.
///
/// A check takes time bounded by the size of the value times that of the schemas, whatever either is: see
/// ``SchemaValidation/steps``.
public struct JSONSchema: Sendable {
  let schemas: JSONSchemas
  /// The schema's node.
  let root: Int

  /// What is wrong with a value, in the order found and at most ``FaultList/limit``; nothing when it is valid.
  ///
  /// - Parameters:
  ///   - location: the part of the request that the faults name.
  ///   - refusesReadOnly: whether members that only the server may write are faults, as in a request.
  public func faults(
    of value: JSONValue, location: Fault.Location = .body, refusesReadOnly: Bool = false
  ) -> [Fault] {
    findings(of: value, refusesReadOnly: refusesReadOnly).map {
      Fault(
        location: location, pointer: JSONPointer.bounded($0.pointer), code: $0.violation.code,
        detail: $0.violation.detail)
    }
  }

  func findings(of value: JSONValue, refusesReadOnly: Bool) -> [SchemaValidation.Finding] {
    var validation = SchemaValidation(schemas, value, refusesReadOnly: refusesReadOnly)
    validation.check(root, value)
    return validation.findings
  }
}

/// Schemas by their names that refer to one another: what SpecGen made of the schemas of `api.yaml`.
public struct JSONSchemas: Sendable {
  var nodes: [SchemaNode]
  private let roots: [String: Int]

  /// Compiles an object of schemas as one JSON text.
  ///
  /// They are those of JSON Schema 2020-12 whose references SpecGen resolved: a `$ref` is the name of a schema of the
  /// text, and a `$dynamicRef` says `anchor`, and as `schema` the name of what it means where no outer schema has that
  /// anchor. The `$dynamicAnchors` of a named schema are those of the schema resource that it belongs to. A `format`
  /// is an assertion. Keywords that only annotate are ignored. SpecGen writes no other text; where a text does not name
  /// a schema or has none of the right form, the schema refuses every value.
  public init(_ text: String) {
    var compiler = SchemaCompiler()
    compiler.compile(text)
    nodes = compiler.nodes
    roots = compiler.roots
  }

  /// A schema by its name.
  public subscript(name: String) -> JSONSchema {
    JSONSchema(schemas: self, root: roots[name] ?? SchemaCompiler.refusing)
  }
}

extension JSONReader {
  /// Reads a value of any kind and checks it.
  public mutating func any(matching schema: JSONSchema) -> JSONValue? {
    guard let value = any() else { return nil }
    let findings = schema.findings(of: value, refusesReadOnly: refusesReadOnly)
    for finding in findings { record(finding.violation, below: finding.pointer) }
    return findings.isEmpty ? value : nil
  }
}
