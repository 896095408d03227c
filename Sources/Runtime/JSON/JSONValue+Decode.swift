extension JSONValue: JSONDecodable {
  public static func decode(from json: inout JSONReader) throws(JSONSyntaxError) -> JSONValue? {
    switch try json.kind() {
    case .null:
      try json.readNull()
      return .null
    case .boolean: return try json.boolean().map(JSONValue.bool)
    case .number: return try json.anyNumber()
    case .string: return try json.string().map(JSONValue.string)
    case .array:
      return try json.array { json throws(JSONSyntaxError) in try JSONValue.decode(from: &json) }.map(JSONValue.array)
    case .object:
      guard try json.beginObject() else { return nil }
      var object = JSONObject()
      while let key = try json.nextMember() {
        if let value = try JSONValue.decode(from: &json) { object.append(key.text, value) }
      }
      return .object(object)
    }
  }
}
