/// Where a schema is, and what its surroundings make of it.
struct SchemaLocation: Equatable, Sendable {
  /// The URI of the document.
  var document: String
  /// The way from the document's root, as the tokens of a JSON Pointer.
  var tokens: [String]
  var value: DocumentValue
  /// The URI of the schema resource.
  var base: String
  var dialect = SchemaDialect()

  /// A JSON Pointer (RFC 6901) into the document.
  var pointer: String { tokens.map { "/\($0.asPointerToken)" }.joined() }

  /// A schema below this one.
  func child(_ tokens: [String], _ value: DocumentValue, in registry: SchemaRegistry) -> SchemaLocation {
    var child = self
    child.tokens += tokens
    child.value = value
    registry.enter(&child)
    return child
  }
}

/// What a `$schema` makes of keywords: the vocabularies that it names.
struct SchemaDialect: Equatable, Sendable {
  /// Whether there are assertions besides `$ref`, `allOf` and the like.
  var hasValidation = true
  var assertsFormats = true
}

/// The schema resources of some documents, and their anchors.
struct SchemaRegistry: Equatable, Sendable {
  private var resources: [String: SchemaLocation] = [:]
  private var anchors: [String: SchemaLocation] = [:]
  /// By the resource, then by the anchor.
  private(set) var dynamicAnchors: [String: [String: SchemaLocation]] = [:]
  /// Whether a format is an assertion where no dialect says so.
  private let assertsFormats: Bool

  init(assertsFormats: Bool = true) {
    self.assertsFormats = assertsFormats
  }

  /// Adds a document whose root is a schema.
  mutating func add(schema: DocumentValue, at uri: String) {
    let root = root(schema, uri)
    var entered = root
    enter(&entered)
    resources[uri] = entered
    index(root)
  }

  /// Adds an OpenAPI document.
  mutating func add(api document: DocumentValue, at uri: String) {
    let root = root(document, uri)
    resources[uri] = root
    indexSchemas(within: root, isMapOfSchemas: false)
  }

  private func root(_ value: DocumentValue, _ uri: String) -> SchemaLocation {
    SchemaLocation(
      document: uri, tokens: [], value: value, base: uri, dialect: SchemaDialect(assertsFormats: assertsFormats))
  }

  /// The root of a document.
  subscript(uri: String) -> SchemaLocation? { resources[uri] }

  /// What a reference names; nil when there is nothing.
  func locate(_ reference: String, from location: SchemaLocation) -> SchemaLocation? {
    let (uri, fragment) = URIReference.split(reference)
    let resource = URIReference.resolve(uri, from: location.base)
    if !fragment.isEmpty, !fragment.hasPrefix("/") { return anchors["\(resource)#\(fragment)"] }
    guard let root = resources[resource] else { return nil }
    if let target = follow(fragment, from: root) { return target }
    // SpecGen has made every reference between files one from the root of the document, even within a `$id`.
    guard reference.hasPrefix("#/components/") else { return nil }
    return resources[location.document].flatMap { follow(fragment, from: $0) }
  }

  private func follow(_ pointer: String, from root: SchemaLocation) -> SchemaLocation? {
    var location = root
    for name in URIReference.tokens(ofPointer: pointer) {
      switch location.value {
      case .object:
        guard let value = location.value[name] else { return nil }
        location = location.child([name], value, in: self)
      case .array(let items):
        guard let index = Int(name), items.indices.contains(index) else { return nil }
        location = location.child([name], items[index], in: self)
      default: return nil
      }
    }
    return location
  }

  /// Takes over the `$id` and the `$schema` of a schema.
  func enter(_ location: inout SchemaLocation) {
    guard case .object = location.value else { return }
    if let id = location.value["$id"]?.text, !id.hasPrefix("#") {
      location.base = URIReference.resolve(URIReference.split(id).resource, from: location.base)
    }
    if let uri = location.value["$schema"]?.text, let vocabularies = resources[uri]?.value["$vocabulary"] {
      let prefix = "https://json-schema.org/draft/2020-12/vocab/"
      location.dialect = SchemaDialect(
        hasValidation: vocabularies[prefix + "validation"] != nil,
        assertsFormats: assertsFormats || vocabularies[prefix + "format-assertion"] != nil)
    }
  }

  private mutating func index(_ schema: SchemaLocation) {
    guard case .object(let members) = schema.value else { return }
    var location = schema
    enter(&location)
    if location.base != schema.base || schema.tokens.isEmpty { resources[location.base] = location }
    if let anchor = schema.value["$anchor"]?.text { anchors["\(location.base)#\(anchor)"] = location }
    if let anchor = schema.value["$dynamicAnchor"]?.text {
      anchors["\(location.base)#\(anchor)"] = location
      dynamicAnchors[location.base, default: [:]][anchor] = location
    }
    for member in members {
      for child in SchemaKeywords.children(of: member.key, member.value) {
        index(
          SchemaLocation(
            document: location.document, tokens: location.tokens + child.tokens, value: child.value,
            base: location.base, dialect: location.dialect))
      }
    }
  }

  /// Schemas of an OpenAPI document are under `components/schemas` and wherever a member is called `schema`.
  private mutating func indexSchemas(within location: SchemaLocation, isMapOfSchemas: Bool) {
    func child(_ token: String, _ value: DocumentValue) -> SchemaLocation {
      var child = location
      child.tokens.append(token)
      child.value = value
      return child
    }
    switch location.value {
    case .array(let items):
      for (place, item) in items.enumerated() { indexSchemas(within: child("\(place)", item), isMapOfSchemas: false) }
    case .object(let members):
      for member in members where !["example", "examples", "default"].contains(member.key) {
        let below = child(member.key, member.value)
        if isMapOfSchemas || ["schema", "itemSchema", "x-itemSchema"].contains(member.key) {
          index(below)
        } else {
          let isMap = location.tokens == ["components"] && member.key == "schemas"
          indexSchemas(within: below, isMapOfSchemas: isMap)
        }
      }
    default: break
    }
  }
}
