/// Which components something outside of `components` leads to, by way of others or at once.
enum ComponentUse {
  /// The pointers of all that is used: `#/components/schemas/User`.
  static func pointers(in document: OpenAPI.Document) -> Set<String> {
    guard case .object(let members) = document.value else { return [] }
    var pending: [String] = []
    for member in members where member.key != "components" { collect(member.value, &pending) }
    for table in document.tables {
      if let schema = table.schema { pending.append(pointer("schemas", schema.value)) }
    }
    var operations = (document.paths + document.webhooks).flatMap(\.operations)
    operations += operations.flatMap(\.callbacks).flatMap { $0.value.flatMap(\.operations) }
    for security in [document.security].compactMap(\.self) + operations.compactMap(\.security) {
      for scheme in security.alternatives.flatMap(\.schemes) {
        pending.append(pointer("securitySchemes", scheme.name.value))
      }
    }
    var used: Set<String> = []
    while let pointer = pending.popLast() {
      guard used.insert(pointer).inserted, let value = document.value.value(at: pointer) else { continue }
      collect(value, &pending)
      if value["discriminator"] != nil { pending += heirs(of: pointer, in: document) }
    }
    return used
  }

  static func pointer(_ section: String, _ name: String) -> String {
    "#/components/\(section)/\(name.asPointerToken)"
  }

  /// The schemas that have one in their `allOf`, which its discriminator can mean.
  private static func heirs(of pointer: String, in document: OpenAPI.Document) -> [String] {
    document.components.schemas
      .filter { $0.value.allOf?.schemas.contains { $0.reference?.value == pointer } ?? false }
      .map { Self.pointer("schemas", $0.name.value) }
  }

  private static func collect(_ value: DocumentValue, _ pointers: inout [String]) {
    switch value {
    case .object(let members):
      for member in members {
        if member.key == "$ref", let text = member.value.text { pointers.append(text) }
        if member.key == "mapping", case .object(let targets) = member.value {
          for target in targets {
            guard let text = target.value.text else { continue }
            pointers.append(text.hasPrefix("#") ? text : pointer("schemas", text))
          }
        }
        collect(member.value, &pointers)
      }
    case .array(let items): for item in items { collect(item, &pointers) }
    default: break
    }
  }
}
