/// Renders `Schemas+JSON.swift`: how each schema's type is read and written.
struct CodingRenderer {
  let api: API
  let types: TypeTable
  let expression: ReadExpression
  /// The types that an operation takes as a form.
  let forms: Set<String>

  func file(_ number: String) -> GeneratedFile {
    var writer = SourceWriter()
    writer.line(SwiftSyntax.header)
    writer.line()
    for module in ["FoundationEssentials", "HTTP", "JSON", "Values"] { writer.line("import \(module)") }
    for type in api.types {
      switch type.kind {
      case .alias: continue
      case .enumeration:
        writer.line()
        writer.line("extension \(type.swiftName): JSONEncodable, JSONDecodable {}")
      case .choice(let choice):
        writer.line()
        ChoiceCodingRenderer(choice: choice, name: type.swiftName, expression: expression).write(to: &writer)
      case .object(let object):
        writer.line()
        writer.block("extension \(type.swiftName): JSONEncodable, JSONDecodable") { writer in
          writeEncode(object, to: &writer)
          writer.line()
          writeDecode(object, named: type.swiftName, to: &writer)
        }
        if forms.contains(type.swiftName) {
          writer.line()
          FormRenderer(object: object, name: type.swiftName, types: types, expression: expression)
            .writeExtension(to: &writer)
        }
      }
    }
    return GeneratedFile(name: "Schemas\(number)+JSON.swift", text: writer.text)
  }

  /// The types that are read from named texts: the body of a form, a parameter that is no JSON, or a field so.
  static func forms(of api: API, _ types: TypeTable) -> Set<String> {
    var uses: [TypeUse?] = []
    for operation in api.operations {
      for content in operation.body?.content ?? [] {
        if content.encoding == .form, content.fields.isEmpty { uses.append(content.type) }
        for field in content.fields where field.encoding != .json {
          uses.append(types.property(field.name, of: content.type)?.type)
        }
      }
      uses += operation.parameters.filter { $0.encoding != .json }.map(\.type)
    }
    return Set(uses.compactMap { if case .named(let name) = $0 { name } else { nil } })
  }

  private func writeEncode(_ object: ObjectType, to writer: inout SourceWriter) {
    writer.block("public func encode(to json: inout JSONWriter)") { writer in
      writer.line("json.beginObject()")
      for property in object.properties where !property.isWriteOnly {
        // `json` is the parameter; a property of that name needs its `self`.
        let name = property.swiftName == "json" ? "self.json" : SwiftSyntax.identifier(property.swiftName)
        let label = !property.isRequired && !property.isNullable ? "ifPresent: " : ""
        writer.line("json.member(\(SwiftSyntax.literal(property.name.escapedForJSON)), \(label)\(name))")
      }
      if let others = object.otherMembers {
        let names = (object.properties.map(\.name) + object.refusedMembers).map { SwiftSyntax.literal($0) }
        writer.call("json.members", [others.swiftName, "besides: \(names[0])"] + names.dropFirst())
      }
      writer.line("json.endObject()")
    }
  }

  private func writeDecode(_ object: ObjectType, named name: String, to writer: inout SourceWriter) {
    let names = object.properties.map(\.swiftName) + (object.otherMembers.map { [$0.swiftName] } ?? [])
    let json = SwiftName.free("json", "reader", "source", besides: names)
    let key = SwiftName.free("key", "name", "memberName", besides: names)
    writer.block("public static func decode(from \(json): inout JSONReader) -> \(name)?") { writer in
      writer.line("guard \(json).beginObject() else { return nil }")
      for property in object.properties { writer.line(local(property)) }
      if let others = object.otherMembers { writer.line("var \(others.swiftName): \(others.swiftType) = [:]") }
      let isEmpty = object.properties.isEmpty && object.refusedMembers.isEmpty && object.otherMembers == nil
      let loop = isEmpty ? "while \(json).nextMember() != nil" : "while let \(key) = \(json).nextMember()"
      let otherwise = otherwise(object, json, key)
      writer.block(loop) { writer in
        if isEmpty { return writer.line(otherwise) }
        writer.line("switch \(key) {")
        if !object.refusedMembers.isEmpty {
          let names = object.refusedMembers.map { SwiftSyntax.literal($0) }.joined(separator: ", ")
          writer.line("case \(names): \(json).refuseMember()")
        }
        for property in object.properties {
          let name = SwiftSyntax.identifier(property.swiftName)
          writer.assignment(
            "case \(SwiftSyntax.literal(property.name)):", "\(name) = \(value(property, from: json))")
        }
        writer.assignment("default:", otherwise)
        writer.line("}")
      }
      let bounds = [
        object.minProperties.map { "minProperties: \($0)" }, object.maxProperties.map { "maxProperties: \($0)" },
      ].compactMap(\.self)
      if !bounds.isEmpty { writer.line("\(json).checkMembers(\(bounds.joined(separator: ", ")))") }
      let required = object.properties.filter(\.isRequired)
      if !required.isEmpty {
        writer.requirement(
          required.map { "let \(SwiftSyntax.identifier($0.swiftName))" },
          call: "return \(json).missing(", required.map { SwiftSyntax.literal($0.name) })
      }
      writer.call(
        "return \(name)",
        object.properties.map { "\(SwiftSyntax.parameter($0.swiftName)): \(SwiftSyntax.identifier($0.swiftName))" }
          + (object.otherMembers.map { ["\($0.swiftName): \($0.swiftName)"] } ?? []))
    }
  }

  /// What happens to a member that no property names.
  private func otherwise(_ object: ObjectType, _ json: String, _ key: String) -> String {
    guard let others = object.otherMembers else {
      return object.refusesUnknownMembers ? "\(json).refuseMember()" : "\(json).skipValue()"
    }
    let read = expression.read(others.type, from: others.isNullable ? "$0" : json)
    let value = others.isNullable ? "\(json).nullable { \(read) }" : read
    return "if let value = \(value) { \(others.swiftName)[\(key).text] = value }"
  }

  /// The variable that holds a member until all are read.
  private func local(_ property: Property) -> String {
    let name = SwiftSyntax.identifier(property.swiftName)
    if property.isPresence {
      return "var \(name) = Presence<\(property.type.swiftType)>\(property.initialValue(types) ?? ".absent")"
    }
    if property.isRequired { return "var \(name): \(property.swiftType)?" }
    let initial = property.initialValue(types).flatMap { $0 == "nil" ? nil : " = \($0)" } ?? ""
    return "var \(name): \(property.swiftType)\(initial)"
  }

  private func value(_ property: Property, from json: String) -> String {
    let receiver = property.isReadOnly ? "$0" : json
    let wrapped: String
    if property.isPresence {
      wrapped = "\(receiver).presence { \(expression.read(property.type, from: "$0")) }"
    } else if property.isNullable {
      wrapped = "\(receiver).nullable { \(expression.read(property.type, from: "$0")) }"
    } else {
      wrapped = expression.read(property.type, from: receiver)
    }
    guard property.isReadOnly else { return wrapped }
    return "\(json).readOnly { \(wrapped) }" + (property.isPresence ? " ?? .absent" : "")
  }
}

extension SourceWriter {
  /// Writes `head value` on one line where it fits, else the value on a line of its own.
  mutating func assignment(_ head: String, _ value: String) {
    if head.count + 1 + value.count <= room { return line("\(head) \(value)") }
    line(head)
    indented { $0.line(value) }
  }

  /// Writes `guard CONDITIONS else { EXIT }`, wrapped where it must be; `arguments` end a call that `call` begins.
  mutating func requirement(_ conditions: [String], call exit: String, _ arguments: [String]?) {
    let whole = exit + (arguments.map { $0.joined(separator: ", ") + ")" } ?? "")
    let single = "guard \(conditions.joined(separator: ", ")) else { \(whole) }"
    if single.count <= room { return line(single) }
    let opening = "guard \(conditions.joined(separator: ", ")) else {"
    if opening.count <= room {
      line(opening)
    } else {
      var current = "guard"
      for (index, condition) in conditions.enumerated() {
        let piece = condition + (index == conditions.count - 1 ? "" : ",")
        if current.count + 1 + piece.count > room {
          line(current)
          current = "  \(piece)"
        } else {
          current += " \(piece)"
        }
      }
      line(current)
      if "else { \(whole) }".count <= room { return line("else { \(whole) }") }
      line("else {")
    }
    indented { writer in
      if let arguments { writer.call(String(exit.dropLast()), arguments) } else { writer.line(exit) }
    }
    line("}")
  }
}

extension String {
  /// As it stands between the quotes of a JSON string.
  fileprivate var escapedForJSON: String {
    var escaped = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": escaped += "\\\""
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      case "\t": escaped += "\\t"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          escaped.unicodeScalars.append(scalar)
        }
      }
    }
    return escaped
  }
}
