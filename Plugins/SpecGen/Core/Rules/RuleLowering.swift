/// Schemas as the runtime checks them: references resolved to names, annotations left out.
///
/// The result is JSON Schema 2020-12 in the form that the runtime's `JSONSchemas` compiles.
struct RuleLowering: Equatable, Sendable {
  /// What is wrong with a schema.
  struct Problem: Equatable, Sendable {
    /// The URI of the document.
    var document: String
    /// A JSON Pointer into it.
    var pointer: String
    var code: DiagnosticCode
    var severity = Diagnostic.Severity.error
    var message: String
  }

  let registry: SchemaRegistry
  private(set) var problems: [Problem] = []
  /// In the order in which they were asked for.
  private(set) var rules: [Rule] = []
  private var names: [Key: String] = [:]
  private var taken: Set<String> = []
  private var resources: [String: String] = [:]
  private var waiting: [Waiting] = []
  /// The anchors that a `$dynamicRef` asks for.
  private var dynamicNames: Set<String> = []

  private struct Waiting: Equatable {
    var name: String
    var location: SchemaLocation
  }

  private struct Key: Hashable {
    var document: String
    var tokens: [String]
  }

  init(_ registry: SchemaRegistry) {
    self.registry = registry
  }

  /// The name of a schema; ``finish()`` lowers it and all that it refers to.
  mutating func name(of location: SchemaLocation) -> String {
    let key = Key(document: location.document, tokens: location.tokens)
    if let name = names[key] { return name }
    let isComponent = location.tokens.count == 3 && location.tokens.starts(with: ["components", "schemas"])
    let plain = isComponent ? location.tokens[2] : location.pointer.isEmpty ? "/" : location.pointer
    let name: String = taken.insert(plain).inserted ? plain : "\(location.document)#\(location.pointer)"
    names[key] = name
    waiting.append(Waiting(name: name, location: location))
    return name
  }

  /// The name of what is true of values that match all of some schemas.
  mutating func name(ofAll schemas: [SchemaLocation]) -> String {
    let parts: [String] = schemas.map { self.name(of: $0) }
    guard parts.count > 1 else { return parts.first ?? "" }
    let all = parts.joined(separator: " and ")
    if taken.insert(all).inserted {
      let references = parts.map { DocumentValue.reference($0) }
      rules.append(Rule(name: all, schema: .object([.init(key: "allOf", value: .array(references))])))
    }
    return all
  }

  /// Lowers what was asked for.
  mutating func finish() {
    repeat {
      while !waiting.isEmpty {
        let next = waiting.removeFirst()
        let value = schema(next.location)
        rules.append(Rule(name: next.name, schema: value))
        resources[next.name] = next.location.base
      }
      nameDynamicAnchors()
    } while !waiting.isEmpty
    checkLoops()
  }

  /// Tells each rule what the dynamic anchors of its schema resource mean.
  private mutating func nameDynamicAnchors() {
    for (index, rule) in rules.enumerated() {
      guard case .object(var members) = rule.schema,
        let anchors = resources[rule.name].flatMap({ registry.dynamicAnchors[$0] })
      else { continue }
      let used = anchors.filter { dynamicNames.contains($0.key) }.sorted { $0.key < $1.key }
      members.removeAll { $0.key == "$dynamicAnchors" }
      if used.isEmpty { continue }
      let named = used.map { DocumentValue.Member(key: $0.key, value: .string(name(of: $0.value))) }
      members.append(.init(key: "$dynamicAnchors", value: .object(named)))
      rules[index].schema = .object(members)
    }
  }

  private mutating func report(_ location: SchemaLocation, _ keyword: String, _ code: DiagnosticCode, _ message: String)
  {
    problems.append(
      Problem(
        document: location.document, pointer: "\(location.pointer)/\(keyword.asPointerToken)", code: code,
        message: message))
  }
}

// MARK: - Keywords

extension RuleLowering {
  private mutating func schema(_ location: SchemaLocation) -> DocumentValue {
    guard case .object(let members) = location.value else {
      if case .boolean = location.value { return location.value }
      problems.append(
        Problem(
          document: location.document, pointer: location.pointer, code: .wrongType,
          message: "a schema must be a mapping, true or false"))
      return .boolean(true)
    }
    var lowered: [DocumentValue.Member] = []
    for member in members {
      if let value = keyword(member.key, member.value, location) {
        lowered.append(.init(key: member.key, value: value))
      }
    }
    if let bounds = bounds(of: location) { lowered.add(bounds) }
    return .object(lowered)
  }

  /// A schema within another one; one that begins a resource with dynamic anchors is a rule of its own, for entering it
  /// means something.
  private mutating func inner(_ location: SchemaLocation) -> DocumentValue {
    if location.value["$id"] != nil, registry.dynamicAnchors[location.base] != nil {
      return .reference(name(of: location))
    }
    return schema(location)
  }

  private mutating func keyword(_ key: String, _ value: DocumentValue, _ location: SchemaLocation) -> DocumentValue? {
    switch key {
    case "$ref": return reference(key, value, location).map { .string(name(of: $0)) }
    case "$dynamicRef": return dynamicReference(value, location)
    case "$defs", "definitions", "contentSchema": return nil
    case "format": return format(value, location)
    case "x-max-bytes": return count(key, value, location)
    case "readOnly": return value == .boolean(true) ? value : nil
    default: break
    }
    if SchemaKeywords.assertions.contains(key) {
      return location.dialect.hasValidation ? assertion(key, value, location) : nil
    }
    if SchemaKeywords.schemas.contains(key) {
      return inner(location.child([key], value, in: registry))
    }
    if SchemaKeywords.lists.contains(key) {
      guard case .array(let items) = value else { return wrongType(location, key, "a list of schemas") }
      return .array(
        items.enumerated().map { inner(location.child([key, "\($0.offset)"], $0.element, in: registry)) })
    }
    if SchemaKeywords.maps.contains(key) {
      guard case .object(let members) = value else { return wrongType(location, key, "a mapping of schemas") }
      if key == "patternProperties" { for member in members { checkPattern(member.key, location, key) } }
      return .object(
        members.map {
          .init(key: $0.key, value: inner(location.child([key, $0.key], $0.value, in: registry)))
        })
    }
    return nil
  }

  private mutating func reference(
    _ key: String, _ value: DocumentValue, _ location: SchemaLocation
  ) -> SchemaLocation? {
    guard let reference = value.text else {
      _ = wrongType(location, key, "a string")
      return nil
    }
    if let target = registry.locate(reference, from: location) { return target }
    report(
      location, key, .unknownReference,
      "there is no schema \"\(reference)\"; add it, or map the folder that it is in, or correct the reference")
    return nil
  }

  /// A `$dynamicRef` asks the outermost resource that has the anchor, if what it names has it as well (§8.2.3.2).
  private mutating func dynamicReference(_ value: DocumentValue, _ location: SchemaLocation) -> DocumentValue? {
    guard let target = reference("$dynamicRef", value, location), let text = value.text else { return nil }
    let anchor = URIReference.split(text).fragment
    var members = [DocumentValue.Member(key: "schema", value: .string(name(of: target)))]
    if target.value["$dynamicAnchor"]?.text == anchor {
      dynamicNames.insert(anchor)
      members.insert(.init(key: "anchor", value: .string(anchor)), at: 0)
    }
    return .object(members)
  }

  private mutating func format(_ value: DocumentValue, _ location: SchemaLocation) -> DocumentValue? {
    guard location.dialect.assertsFormats, let name = value.text else { return nil }
    if SchemaKeywords.formats.contains(name) { return value }
    if !["int32", "int64", "float", "double", "binary", "password"].contains(name) {
      problems.append(
        Problem(
          document: location.document, pointer: "\(location.pointer)/format", code: .unsupportedValue,
          severity: .warning,
          message: "the format \"\(name)\" is not known, so that any value has it"
            + Suggestion.text(for: name, among: SchemaKeywords.formats.sorted())))
    }
    return nil
  }

  /// What a format of numbers says of those that are any.
  private func bounds(of location: SchemaLocation) -> DocumentValue? {
    guard location.dialect.assertsFormats else { return nil }
    let bounds: (Int64, Int64)
    switch location.value["format"]?.text {
    case "int32": bounds = (Int64(Int32.min), Int64(Int32.max))
    case "int64": bounds = (.min, .max)
    default: return nil
    }
    return .object([
      .init(key: "if", value: .object([.init(key: "type", value: .string("number"))])),
      .init(
        key: "then",
        value: .object([
          .init(key: "type", value: .string("integer")), .init(key: "minimum", value: .integer(bounds.0)),
          .init(key: "maximum", value: .integer(bounds.1)),
        ])),
    ])
  }
}

// MARK: - Assertions

extension RuleLowering {
  private mutating func assertion(_ key: String, _ value: DocumentValue, _ location: SchemaLocation) -> DocumentValue? {
    if SchemaKeywords.counts.contains(key) { return count(key, value, location) }
    if SchemaKeywords.numbers.contains(key) { return number(key, value, location) }
    switch key {
    case "type": return types(value, location)
    case "enum":
      if case .array = value { return value }
      return wrongType(location, key, "a list of values")
    case "pattern":
      guard let pattern = value.text else { return wrongType(location, key, "a string") }
      checkPattern(pattern, location, key)
      return value
    case "uniqueItems":
      if case .boolean = value { return value }
      return wrongType(location, key, "true or false")
    case "required":
      return value.strings == nil ? wrongType(location, key, "a list of names") : value
    case "dependentRequired":
      guard case .object(let members) = value, members.allSatisfy({ $0.value.strings != nil }) else {
        return wrongType(location, key, "a mapping of lists of names")
      }
      return value
    default: return value
    }
  }

  private mutating func types(_ value: DocumentValue, _ location: SchemaLocation) -> DocumentValue? {
    guard let names = value.text.map({ [$0] }) ?? value.strings else {
      return wrongType(location, "type", "a type or a list of types")
    }
    for name in names where !SchemaKeywords.types.contains(name) {
      report(
        location, "type", .invalidValue,
        "\"\(name)\" is no type of JSON Schema"
          + Suggestion.text(
            for: name, among: SchemaKeywords.types.sorted(),
            else: "; it must be \(SchemaKeywords.types.sorted().map { "\"\($0)\"" }.joined(separator: ", "))"))
    }
    return value
  }

  /// A number of characters, items or members; JSON Schema takes `2.0` as well.
  private mutating func count(_ key: String, _ value: DocumentValue, _ location: SchemaLocation) -> DocumentValue? {
    if let number = value.double, number >= 0, number.rounded() == number {
      return .integer(Int64(exactly: number) ?? .max)
    }
    report(location, key, .invalidValue, "\"\(key)\" must be a whole number, 0 or more")
    return nil
  }

  private mutating func number(_ key: String, _ value: DocumentValue, _ location: SchemaLocation) -> DocumentValue? {
    guard let number = value.double else { return wrongType(location, key, "a number") }
    if key == "multipleOf", number <= 0 {
      report(location, key, .invalidValue, "\"multipleOf\" must be greater than 0")
      return nil
    }
    return value
  }

  private mutating func checkPattern(_ pattern: String, _ location: SchemaLocation, _ key: String) {
    guard let reason = PatternSyntax.check(pattern) else { return }
    report(location, key, .invalidPattern, "the pattern \"\(pattern)\" cannot be used: \(reason)")
  }

  private mutating func wrongType(_ location: SchemaLocation, _ key: String, _ what: String) -> DocumentValue? {
    report(location, key, .wrongType, "\"\(key)\" must be \(what)")
    return nil
  }
}

// MARK: - Loops

extension RuleLowering {
  /// A schema that asks itself about the same value again would never come to an answer.
  private mutating func checkLoops() {
    let edges = Dictionary(uniqueKeysWithValues: rules.map { ($0.name, RuleLowering.inPlaceReferences($0.schema)) })
    var done: Set<String> = []
    for rule in rules {
      var open: [String] = []
      if visit(rule.name, edges, &open, &done) {
        let location = names.first { $0.value == rule.name }?.key
        problems.append(
          Problem(
            document: location?.document ?? "",
            pointer: (location?.tokens ?? []).map { "/\($0.asPointerToken)" }.joined(), code: .referenceCycle,
            message:
              "this schema refers to itself for the same value, which no check would end; put a property or an item between"
          ))
      }
    }
  }

  /// Whether a way leads from a rule to one that is open.
  private func visit(
    _ name: String, _ edges: [String: [String]], _ open: inout [String], _ done: inout Set<String>
  ) -> Bool {
    if open.contains(name) { return true }
    if !done.insert(name).inserted { return false }
    open.append(name)
    defer { open.removeLast() }
    for next in edges[name] ?? [] where visit(next, edges, &open, &done) { return true }
    return false
  }

  private static func inPlaceReferences(_ schema: DocumentValue) -> [String] {
    guard case .object(let members) = schema else { return [] }
    return members.flatMap { member -> [String] in
      if member.key == "$ref" { return [member.value.text].compactMap(\.self) }
      if member.key == "$dynamicRef" { return [member.value["schema"]?.text].compactMap(\.self) }
      guard SchemaKeywords.inPlace.contains(member.key) else { return [] }
      return SchemaKeywords.children(of: member.key, member.value).flatMap { inPlaceReferences($0.value) }
    }
  }
}

extension DocumentValue {
  fileprivate static func reference(_ name: String) -> DocumentValue {
    .object([.init(key: "$ref", value: .string(name))])
  }

  /// The texts of a list of strings; nil when it is anything else.
  fileprivate var strings: [String]? {
    guard case .array(let items) = self else { return nil }
    let texts = items.compactMap(\.text)
    return texts.count == items.count ? texts : nil
  }
}

extension [DocumentValue.Member] {
  /// Adds a schema that must match as well.
  fileprivate mutating func add(_ schema: DocumentValue) {
    guard let index = firstIndex(where: { $0.key == "allOf" }), case .array(let schemas) = self[index].value else {
      return append(.init(key: "allOf", value: .array([schema])))
    }
    self[index].value = .array(schemas + [schema])
  }
}
