import JSON
import Testing

@Suite struct JSONSchemaTests {
  /// What a schema says of a text: pointer and code of each fault.
  private func faults(_ schema: String, _ text: String) throws -> [String] {
    try details(schema, text).map { "\($0.pointer) \($0.code)" }
  }

  private func details(_ schema: String, _ text: String, refusesReadOnly: Bool = false) throws -> [Fault] {
    let schema = JSONSchemas("{\"it\": \(schema)}")["it"]
    do throws(JSONReadError) {
      _ = try JSONReader.read(from: Array(text.utf8), refusesReadOnly: refusesReadOnly) { $0.any(matching: schema) }
      return []
    } catch .faults(let faults) {
      return faults
    }
  }

  @Test(
    "Each keyword that is broken is told by its code, where it is broken",
    arguments: [
      (#"{"type": ["string", "null"]}"#, "1", " type"),
      (#"{"type": "integer"}"#, "1.5", " type"),
      (#"{"type": "object"}"#, "null", " null"),
      (#"{"const": {"a": [1.0]}}"#, #"{"a": [2]}"#, " const"),
      (#"{"enum": [1, "a"]}"#, "true", " enum"),
      (#"{"items": {"minimum": 3}}"#, "[3, 2.9]", "/1 minimum"),
      (#"{"exclusiveMaximum": 1e400}"#, "1e400", " exclusive-maximum"),
      (#"{"multipleOf": 0.01}"#, "0.015", " multiple-of"),
      (#"{"properties": {"a/b": {"maxLength": 1}}}"#, #"{"a/b": "éé"}"#, "/a~1b max-length"),
      (#"{"patternProperties": {"^x": {"pattern": "^a+$"}}}"#, #"{"xy": "b"}"#, "/xy pattern"),
      (#"{"items": {"format": "ipv4"}}"#, #"["1.2.3.4", "1.2.3.04"]"#, "/1 format"),
      (#"{"uniqueItems": true}"#, #"[{"a": 1, "b": 2}, {"b": 2.0, "a": 1}]"#, " unique-items"),
      (#"{"prefixItems": [true], "items": false}"#, "[1, 2]", "/1 not-allowed"),
      (#"{"contains": {"const": 1}}"#, "[2]", " contains"),
      (#"{"contains": {"const": 1}, "maxContains": 1}"#, "[1, 1]", " max-contains"),
      (#"{"minProperties": 1}"#, "{}", " min-properties"),
      (#"{"maxProperties": 0}"#, #"{"a": 1}"#, " max-properties"),
      (#"{"required": ["a"]}"#, "{}", "/a required"),
      (#"{"dependentRequired": {"a": ["b"]}}"#, #"{"a": 1}"#, "/b dependent-required"),
      (#"{"additionalProperties": false}"#, #"{"a": 1}"#, "/a unknown-member"),
      (#"{"propertyNames": {"maxLength": 1}}"#, #"{"ab": 1}"#, "/ab max-length"),
      (#"{"not": {"type": "null"}}"#, "null", " not"),
      (#"{"anyOf": [{"minimum": 1}, {"maximum": -1}]}"#, "0", " any-of"),
      (#"{"oneOf": [{"minimum": 1}, {"minimum": 2}]}"#, "3", " one-of"),
      (#"{"if": {"minimum": 1}, "then": {"multipleOf": 2}}"#, "3", " multiple-of"),
      (#"{"dependentSchemas": {"a": {"required": ["b"]}}}"#, #"{"a": 1}"#, "/b required"),
      (
        #"{"allOf": [{"properties": {"a": true}}], "unevaluatedProperties": false}"#, #"{"a": 1, "b": 2}"#,
        "/b unknown-member"
      ),
      (#"{"prefixItems": [true], "unevaluatedItems": {"type": "null"}}"#, "[1, 2]", "/1 type"),
      ("false", "1", " not-allowed"),
    ])
  func keywords(schema: String, text: String, fault: String) throws {
    #expect(try faults(schema, text) == [fault])
  }

  @Test("All faults of a value are told at once")
  func together() throws {
    let schema = #"{"required": ["c"], "properties": {"a": {"type": "string"}, "b": {"minimum": 1}}}"#
    #expect(try faults(schema, #"{"a": 1, "b": 0}"#) == ["/c required", "/a type", "/b minimum"])
  }

  @Test("Of alternatives, the one that can be meant tells what is wrong")
  func alternatives() throws {
    let nullable = #"{"anyOf": [{"type": "null"}, {"type": "object", "required": ["a"]}]}"#
    #expect(try faults(nullable, "{}") == ["/a required"])
    let tagged = #"""
      {"oneOf": [
        {"properties": {"kind": {"const": "circle"}, "radius": {"minimum": 0}}, "required": ["kind"]},
        {"properties": {"kind": {"const": "square"}, "side": {"minimum": 0}}, "required": ["kind"]}]}
      """#
    #expect(try faults(tagged, #"{"kind": "square", "side": -1}"#) == ["/side minimum"])
    #expect(try faults(tagged, #"{"kind": "line"}"#) == [" one-of"])
  }

  @Test("A value below others is told with the whole way to it")
  func pointers() throws {
    let schema = JSONSchemas(#"{"it": {"items": {"type": "string"}}}"#)["it"]
    let text = Array(#"{"outer": [{"a": [1]}]}"#.utf8)
    let result = Result { () throws(JSONReadError) in
      try JSONReader.read(from: text) { json in json.map { $0.array { $0.map { $0.any(matching: schema) } } } }
    }
    guard case .failure(.faults(let faults)) = result else {
      Issue.record("accepted")
      return
    }
    #expect(faults.map(\.pointer) == ["/outer/0/a/0"])
  }

  @Test("Schemas refer to one another and to themselves")
  func references() throws {
    let schemas = JSONSchemas(
      #"""
      {"Tree": {"type": "object", "properties": {"children": {"items": {"$ref": "Tree"}}, "name": {"$ref": "Name"}}},
       "Name": {"type": "string"}}
      """#)
    let tree = try JSONReader.read(JSONValue.self, from: Array(#"{"children": [{"name": 1}, 2]}"#.utf8))
    #expect(schemas["Tree"].faults(of: tree).map(\.pointer) == ["/children/0/name", "/children/1"])
    #expect(schemas["Nobody"].faults(of: .null).map(\.code) == ["not-allowed"])
  }

  @Test("A dynamic reference means what the outermost resource says")
  func dynamicReferences() throws {
    let schemas = JSONSchemas(
      #"""
      {"List": {"items": {"$dynamicRef": {"anchor": "item", "schema": "Any"}}, "$dynamicAnchors": {"item": "Any"}},
       "Any": true,
       "Texts": {"$ref": "List", "$dynamicAnchors": {"item": "Text"}},
       "Text": {"type": "string"}}
      """#)
    #expect(schemas["List"].faults(of: [1]).isEmpty)
    #expect(schemas["Texts"].faults(of: [1]).map(\.pointer) == ["/0"])
  }

  @Test("What only the server writes is refused in a request")
  func readOnly() throws {
    let schema = #"{"properties": {"id": {"readOnly": true}}}"#
    #expect(try details(schema, #"{"id": 1}"#).isEmpty)
    #expect(try details(schema, #"{"id": 1}"#, refusesReadOnly: true).map(\.code) == ["read-only"])
  }

  @Test("Alternatives that multiply end with a fault instead of keeping the server busy")
  func bounded() throws {
    let schema = #"""
      {"anyOf": [{"allOf": [{"properties": {"a": {"$ref": "it"}}}, {"required": ["b"]}]},
                 {"allOf": [{"properties": {"a": {"$ref": "it"}}}, {"required": ["c"]}]}]}
      """#
    let deep = String(repeating: #"{"a":"#, count: 120) + "1" + String(repeating: "}", count: 120)
    #expect(try faults(schema, deep) == [" complexity"])
    #expect(try faults(schema, #"{"a": {"b": 1}, "c": 1}"#) == [])
  }

  @Test("The deepest value that is read is checked, by the longest way")
  func depth() throws {
    let schema = #"""
      {"anyOf": [{"allOf": [{"if": true, "then": {"oneOf": [{"type": "array", "items": {"$ref": "it"}}]}}]}]}
      """#
    let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    #expect(try faults(schema, deep) == [])
    #expect(try faults(#"{"not": {"$ref": "it"}}"#, "1") == [" complexity"])
  }
}
