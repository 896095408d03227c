import JSON
import TestSupport

/// A value that breaks one constraint.
struct Mutation: Sendable {
  var value: JSONValue
  /// Where the fault must be told.
  var pointer: String
  var code: String
  /// Whether it is one only in a request.
  var isRequest = false

  /// The mutation of a value that holds this one.
  func within(_ token: String, _ value: JSONValue) -> Mutation {
    Mutation(value: value, pointer: "/\(JSONPointer.escaped(token))\(pointer)", code: code, isRequest: isRequest)
  }
}

extension Shape {
  /// Values that break one constraint each of a value of the shape.
  func mutations(of value: JSONValue, isNullable: Bool = false, _ random: inout SplitMix64) -> [Mutation] {
    if value.isNull, isNullable { return [] }
    if case .named(_, let box) = self { return box.shape.mutations(of: value, isNullable: isNullable, &random) }
    var mutations = inner(of: value, &random)
    if let code = codeOfNull, !isNullable { mutations.append(Mutation(value: .null, pointer: "", code: code)) }
    if let (other, code) = otherKind { mutations.append(Mutation(value: other, pointer: "", code: code)) }
    return mutations
  }

  private var codeOfNull: String? {
    switch self {
    case .anything, .named: nil
    case .literals(let values):
      values.allSatisfy { $0.bool != nil || $0.number != nil } && Set(values.map { $0.bool != nil }).count == 1
        ? "null" : values.contains(.null) ? nil : values.count == 1 ? "const" : "enum"
    case .distinct, .multiples: "one-of"
    default: "null"
    }
  }

  /// A value of a kind that the shape has not.
  private var otherKind: (JSONValue, String)? {
    switch self {
    case .anything, .literals, .named: nil
    case .text, .formatted, .constant, .texts: (1, "type")
    case .integer, .number, .boolean, .list, .map, .object, .tagged: ("text", "type")
    case .kinds(let shapes):
      ([[1, 2], ["a": 1], true, 1, "text"] as [JSONValue]).first { value in
        !shapes.contains { $0.hasKind(of: value) }
      }.map { ($0, "type") }
    case .distinct, .multiples: ("text", "one-of")
    }
  }

  private func hasKind(of value: JSONValue) -> Bool {
    switch self {
    case .text: value.string != nil
    case .integer: value.number != nil
    case .boolean: value.bool != nil
    case .list: value.array != nil
    default: value.object != nil
    }
  }

  private func inner(of value: JSONValue, _ random: inout SplitMix64) -> [Mutation] {
    func broken(_ pairs: [(JSONValue, String)]) -> [Mutation] {
      pairs.map { Mutation(value: $0.0, pointer: "", code: $0.1) }
    }
    switch self {
    case .text(let bounds): return broken(bounds.mutations)
    case .formatted(let format):
      return broken((Samples.formats.first { $0.name == format }?.bad ?? []).map { (.string($0), "format") })
    case .constant: return broken([("another text", "const")])
    case .texts: return broken([("another text", "enum")])
    case .integer(let bounds):
      let values = bounds.values
      return broken(
        [
          (.integer(values.lowerBound - bounds.multipleOf), "minimum"),
          (.integer(values.upperBound + bounds.multipleOf), "maximum"),
          (.number(Double(values.lowerBound) + 0.5), "type"), (.number(1e300), "maximum"), (.number(-1e19), "minimum"),
        ] + (bounds.multipleOf > 1 ? [(.integer(values.lowerBound + 1), "multiple-of")] : []))
    case .number(let bounds):
      let (below, above) = bounds.isExclusive ? ("exclusive-minimum", "exclusive-maximum") : ("minimum", "maximum")
      return broken(
        [(.number(bounds.minimum - 1), below), (.number(bounds.maximum + 100), above), (.number(-1e300), below)]
          + (bounds.isExclusive ? [(.number(bounds.minimum), below), (.number(bounds.maximum), above)] : [])
          + (bounds.multipleOf == nil ? [] : [(.number((value.number ?? 0) + 0.05), "multiple-of")]))
    case .literals(let values):
      let areNumbers = values.allSatisfy { $0.number != nil }
      let other: JSONValue = values.allSatisfy { $0.bool != nil } ? false : areNumbers ? 999 : "x"
      return broken([(other, values.count == 1 ? "const" : "enum")])
    case .list(let item, let bounds): return mutations(of: value.array ?? [], item, bounds, &random)
    case .map(let shape, let least, let most, let isNullable):
      return mutations(ofMap: value.object ?? JSONObject(), shape, least, most, isNullable, &random)
    case .object(let members): return members.mutations(of: value.object ?? JSONObject(), &random)
    case .tagged(let branches):
      let object = value.object ?? JSONObject()
      let branch = branches.first { .string($0.tag) == object["type"] }
      var untagged = object
      untagged["type"] = nil
      var wrong = object
      wrong["type"] = "no such tag"
      return (branch?.members.mutations(of: object, &random) ?? []) + [
        Mutation(value: .object(untagged), pointer: "/type", code: "required"),
        Mutation(value: .object(wrong), pointer: "/type", code: "enum"),
      ]
    case .kinds(let shapes):
      // What is of another kind may be of another shape.
      let shape = shapes.first { $0.hasKind(of: value) }
      return (shape?.inner(of: value, &random) ?? []).filter { shape?.hasKind(of: $0.value) ?? false }
    case .distinct(let branches):
      let object = value.object ?? JSONObject()
      guard let branch = branches.first(where: { object[$0.members[0].name] != nil }) else { return [] }
      // Any required member that the others do not have tells it apart: without it the value is of none.
      return branch.mutations(of: object, &random).filter { mutation in
        mutation.value.object?[branch.members[0].name] != nil
          && !(mutation.code == "required" && mutation.pointer.utf8.count { $0 == UInt8(ascii: "/") } == 1)
      }
    case .multiples: return broken([(15, "one-of"), (1, "one-of")])
    case .boolean, .anything, .named: return []
    }
  }

  private func mutations(
    of items: [JSONValue], _ item: Shape, _ bounds: ListBounds, _ random: inout SplitMix64
  ) -> [Mutation] {
    var mutations: [Mutation] = []
    if bounds.least > 0 {
      mutations.append(Mutation(value: .array(Array(items.prefix(bounds.least - 1))), pointer: "", code: "min-items"))
    }
    let extra = items.first ?? item.value(&random)
    let many = Array(repeating: extra, count: bounds.most + 1)
    mutations.append(Mutation(value: .array(many), pointer: "", code: "max-items"))
    if bounds.isUnique, !items.isEmpty {
      mutations.append(Mutation(value: .array(items + [items[0]]), pointer: "", code: "unique-items"))
    }
    for (index, value) in items.enumerated() {
      for mutation in item.mutations(of: value, isNullable: bounds.isNullable, &random) {
        var changed = items
        changed[index] = mutation.value
        mutations.append(mutation.within("\(index)", .array(changed)))
      }
    }
    return mutations
  }

  private func mutations(
    ofMap object: JSONObject, _ shape: Shape, _ least: Int, _ most: Int, _ isNullable: Bool,
    _ random: inout SplitMix64
  ) -> [Mutation] {
    var mutations: [Mutation] = []
    if least > 0 {
      let few = object.members.prefix(least - 1).map { ($0.name, $0.value) }
      mutations.append(Mutation(value: .object(JSONObject(few)), pointer: "", code: "min-properties"))
    }
    let many = (0...most).map { ("member \($0)", shape.value(&random)) }
    mutations.append(Mutation(value: .object(JSONObject(many)), pointer: "", code: "max-properties"))
    for member in object.members {
      for mutation in shape.mutations(of: member.value, isNullable: isNullable, &random) {
        var changed = object
        changed[member.name] = mutation.value
        mutations.append(mutation.within(member.name, .object(changed)))
      }
    }
    return mutations
  }
}

extension Shape.TextBounds {
  fileprivate var mutations: [(JSONValue, String)] {
    if let pattern { return Samples.patterns[pattern].bad.map { (.string($0), "pattern") } }
    func text(_ count: Int) -> JSONValue { .string(String(repeating: "é", count: count)) }
    return (least > 0 ? [(text(least - 1), "min-length")] : [])
      + (most < .max ? [(text(most + 1), "max-length")] : [])
      + (mostBytes.map { [(text($0 / 2 + 1), "max-bytes")] } ?? [])
  }
}

extension Shape.Members {
  fileprivate func mutations(of object: JSONObject, _ random: inout SplitMix64) -> [Mutation] {
    var mutations: [Mutation] = []
    for member in members {
      guard let value = object[member.name] else { continue }
      if member.isRequired {
        var without = object
        without[member.name] = nil
        mutations.append(Mutation(value: .object(without), pointer: "", code: "required").moved(to: member.name))
      }
      if member.isReadOnly {
        let written = Mutation(value: .object(object), pointer: "", code: "read-only", isRequest: true)
        mutations.append(written.moved(to: member.name))
      }
      for mutation in member.shape.mutations(of: value, isNullable: member.isNullable, &random) {
        // In a request the whole member is refused, whatever it holds.
        var changed = object
        changed[member.name] = mutation.value
        if !member.isReadOnly || !mutation.isRequest {
          mutations.append(mutation.within(member.name, .object(changed)))
        }
      }
    }
    for name in refused { mutations.append(added(name, 1, to: object, "unknown-member")) }
    switch others {
    case .any: break
    case .none: mutations.append(added("unknown", 1, to: object, "unknown-member"))
    case .some: mutations.append(added("unknown", "text", to: object, "type"))
    }
    return mutations
  }

  private func added(_ name: String, _ value: JSONValue, to object: JSONObject, _ code: String) -> Mutation {
    var changed = object
    changed[name] = value
    return Mutation(value: .object(changed), pointer: "", code: code).moved(to: name)
  }
}

extension Mutation {
  /// The same with the pointer to a member.
  fileprivate func moved(to name: String) -> Mutation {
    Mutation(value: value, pointer: "/\(JSONPointer.escaped(name))", code: code, isRequest: isRequest)
  }
}
