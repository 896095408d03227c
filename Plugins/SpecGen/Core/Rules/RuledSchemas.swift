/// The schemas of an OpenAPI document that no Swift type can say, and what their rules are called.
struct RuledSchemas: Equatable, Sendable {
  /// The only document there is, once files are linked.
  private static let document = "api.yaml"

  private var lowering: RuleLowering
  /// In the order in which they were met.
  private(set) var uses: [RuleUse] = []
  private var names: [[String]: String] = [:]
  private var taken: Set<String> = ["schemas"]

  init(_ document: DocumentValue) {
    var registry = SchemaRegistry()
    registry.add(api: document, at: Self.document)
    lowering = RuleLowering(registry)
  }

  /// The name of the constant that checks values of a schema; nil when there is no such schema.
  ///
  /// - Parameter pointers: where it is written, such as `#/components/schemas/User/properties/extra`; a value must match
  ///   what is at each of several.
  mutating func use(of pointers: [String]) -> String? {
    if let name = names[pointers] { return name }
    guard let root = lowering.registry[Self.document] else { return nil }
    let schemas = pointers.compactMap { lowering.registry.locate($0, from: root) }
    guard schemas.count == pointers.count, let pointer = pointers.last else { return nil }
    let name = swiftName(pointer)
    names[pointers] = name
    uses.append(RuleUse(swiftName: name, rule: lowering.name(ofAll: schemas)))
    return name
  }

  private mutating func swiftName(_ pointer: String) -> String {
    let words = URIReference.tokens(ofPointer: pointer).filter {
      !["components", "schemas", "properties", "paths", "content", "schema"].contains($0)
    }
    let name = SwiftName.lowerCamel(words.joined(separator: " ")) ?? "schema"
    var unique = name
    var number = 2
    while !taken.insert(unique).inserted {
      unique = "\(name)\(number)"
      number += 1
    }
    return unique
  }

  /// All rules, and what is wrong with the schemas.
  mutating func lowered() -> (rules: [Rule], problems: [RuleLowering.Problem]) {
    lowering.finish()
    return (lowering.rules, lowering.problems)
  }
}
