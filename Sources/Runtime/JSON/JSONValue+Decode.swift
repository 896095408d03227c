extension JSONValue: JSONDecodable {
  public static func decode(from json: inout JSONReader) -> JSONValue? {
    switch json.kind() {
    case nil: return nil
    case .null: return json.readNull() ? .null : nil
    case .boolean: return json.boolean().map(JSONValue.bool)
    case .number: return json.anyNumber()
    case .string: return json.string().map(JSONValue.string)
    case .array:
      return json.array { JSONValue.decode(from: &$0) }.map(JSONValue.array)
    case .object:
      guard json.beginObject() else { return nil }
      var object = JSONObject()
      while let key = json.nextMember() {
        if let value = JSONValue.decode(from: &json) { object.append(key.text, value) }
      }
      return .object(object)
    }
  }
}
