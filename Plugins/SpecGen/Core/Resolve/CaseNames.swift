/// The names of a choice's cases, as a person would choose them: after the schema, the title, the tag or the type.
struct CaseNames {
  /// In the order of the parts: the name for messages and the one in Swift.
  private(set) var names: [(name: String, swiftName: String)] = []

  /// - Parameters:
  ///   - written: the parts as they were written.
  ///   - parts: the same with references replaced by what they refer to.
  ///   - choice: the Swift type of the choice, which the names need not repeat.
  ///   - declared: the Swift types of the declared schemas.
  init(_ written: [OpenAPI.Schema], _ parts: [OpenAPI.Schema], of choice: String, declared: [String: String]) {
    let types = written.map { part in
      part.reference.flatMap { Resolver.schemaName($0.value) }.flatMap { declared[$0] }
    }
    let short = Self.shortened(types.compactMap(\.self), in: choice)
    for (index, part) in parts.enumerated() {
      let others = parts.enumerated().filter { $0.offset != index }.map(\.element)
      if let type = types[index] {
        names.append((type, SwiftName.lowerCamel(short[type] ?? type) ?? type))
      } else {
        let name = Self.name(of: part, titled: written[index].title ?? part.title, besides: others)
        names.append((name, SwiftName.lowerCamel(name) ?? "option\(index + 1)"))
      }
    }
    var taken: Set<String> = []
    for index in names.indices where !taken.insert(names[index].swiftName).inserted {
      var number = 2
      while !taken.insert("\(names[index].swiftName)\(number)").inserted { number += 1 }
      names[index].swiftName += "\(number)"
    }
  }

  /// Names without the choice's own name, and without the words that all of them begin or end with.
  private static func shortened(_ names: [String], in choice: String) -> [String: String] {
    var words = names.map(SwiftName.words(of:))
    let own = SwiftName.words(of: choice)
    words = words.map { words in
      if words.count > own.count, Array(words.suffix(own.count)) == own { return words.dropLast(own.count) }
      if words.count > own.count, Array(words.prefix(own.count)) == own { return Array(words.dropFirst(own.count)) }
      return words
    }
    while words.count > 1, let last = words[0].last, words.allSatisfy({ $0.count > 1 && $0.last == last }) {
      words = words.map { $0.dropLast() }
    }
    while words.count > 1, let first = words[0].first, words.allSatisfy({ $0.count > 1 && $0.first == first }) {
      words = words.map { Array($0.dropFirst()) }
    }
    let short = words.map { $0.joined(separator: " ") }
    let isUsable = Set(short).count == Set(names).count && short.allSatisfy { $0.first?.isLetter == true }
    return isUsable ? Dictionary(zip(names, short), uniquingKeysWith: { first, _ in first }) : [:]
  }

  private static func name(
    of part: OpenAPI.Schema, titled title: String?, besides others: [OpenAPI.Schema]
  ) -> String {
    if let name = part.swiftName?.value { return name }
    if let title, SwiftName.lowerCamel(title) != nil, title.split(separator: " ").count <= 3 { return title }
    if let text = part.texts.first, part.texts.count == 1, SwiftName.lowerCamel(text) != nil { return text }
    if part.properties != nil { return nameOfObject(part, besides: others) }
    switch part.format?.value {
    case "date-time": return "timestamp"
    case let format? where part.types.first?.value == "string": return format
    default: break
    }
    guard let type = part.types.first(where: { $0.value != "null" })?.value else { return "value" }
    return part.enumeration != nil && type == "string" ? "named" : type
  }

  /// After the one value of a member, or else after a member that no other part has.
  private static func nameOfObject(_ part: OpenAPI.Schema, besides others: [OpenAPI.Schema]) -> String {
    for property in part.properties ?? [] {
      let isRequired = part.required.contains { $0.value == property.name.value }
      if isRequired, let text = property.value.texts.first, property.value.texts.count == 1,
        SwiftName.lowerCamel(text) != nil
      {
        return text
      }
    }
    if others.allSatisfy({ !$0.types.contains { $0.value == "object" } }) { return "object" }
    let own = part.required.first { name in
      others.allSatisfy { !($0.properties ?? []).contains { $0.name.value == name.value } }
    }
    return own?.value ?? "object"
  }
}
