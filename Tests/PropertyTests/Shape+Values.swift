import JSON
import TestSupport

extension Shape {
  /// A value of the shape.
  func value(_ random: inout SplitMix64) -> JSONValue {
    switch self {
    case .text(let bounds): return .string(bounds.value(&random))
    case .formatted(let format): return .string(Shape.text(of: format, &random))
    case .constant(let text): return .string(text)
    case .texts(let texts): return .string(texts.randomElement(using: &random) ?? "")
    case .integer(let bounds):
      let values = bounds.values
      let steps = (values.upperBound - values.lowerBound) / bounds.multipleOf
      return .integer(values.lowerBound + Int64.random(in: 0...steps, using: &random) * bounds.multipleOf)
    case .number(let bounds): return .number(bounds.value(&random))
    case .boolean: return .bool(random.chance(50))
    case .literals(let values): return values.randomElement(using: &random) ?? .null
    case .anything: return Shape.anyValue(&random, depth: 0)
    case .list(let item, let bounds):
      var items: [JSONValue] = []
      let count = Int.random(in: bounds.least...bounds.most, using: &random)
      for _ in 0..<(bounds.isUnique ? 40 : count) where items.count < count {
        let value = bounds.isNullable && random.chance(30) ? .null : item.value(&random)
        if !bounds.isUnique || !items.contains(value) { items.append(value) }
      }
      return .array(items)
    case .map(let shape, let least, let most, let isNullable):
      let names = Samples.names.shuffled(using: &random).prefix(Int.random(in: least...most, using: &random))
      return .object(
        JSONObject(names.map { ($0, isNullable && random.chance(30) ? .null : shape.value(&random)) }))
    case .object(let members): return members.value(&random)
    case .tagged(let branches):
      guard let branch = branches.randomElement(using: &random) else { return .null }
      return branch.members.value(&random, tag: branch.tag)
    case .kinds(let shapes): return shapes.randomElement(using: &random)?.value(&random) ?? .null
    case .distinct(let branches): return branches.randomElement(using: &random)?.value(&random) ?? .null
    case .multiples(let divisors):
      let divisor = divisors.randomElement(using: &random) ?? 1
      // 2, 4 and so on have no factor in common with the others.
      return .integer(divisor << Int64.random(in: 0...20, using: &random))
    case .named(_, let box): return box.shape.value(&random)
    }
  }

  private static func text(of format: String, _ random: inout SplitMix64) -> String {
    func digits(_ number: Int, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    let date = [(1...9999, 4), (1...12, 2), (1...28, 2)]
      .map { digits(Int.random(in: $0.0, using: &random), $0.1) }.joined(separator: "-")
    let isMade = random.chance(70)
    switch format {
    case "uuid" where isMade:
      let hex = String(random.next() | 1 << 63, radix: 16)
      let rest = digits(Int(random.next() % 1_000_000_000_000), 12)
      return "\(hex.prefix(8))-\(hex.dropFirst(8).prefix(4))-7000-8000-\(rest)"
    case "date" where isMade: return date
    case "date-time" where isMade:
      return "\(date)T\(digits(Int.random(in: 1...22, using: &random), 2)):04:05.\(random.next() % 1000)-00:30"
    default:
      return Samples.formats.first { $0.name == format }?.good.randomElement(using: &random) ?? ""
    }
  }

  /// Any value at all.
  static func anyValue(_ random: inout SplitMix64, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth < 3 ? 8 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(random.chance(50))
    case 2: return .integer(Int64.random(in: -10...1000, using: &random))
    case 3: return .number(Double(Int.random(in: -1000...1000, using: &random)) / 8)
    case 4: return .string(Shape.TextBounds(least: 0, most: 6).value(&random))
    case 5:
      let count = Int.random(in: 0...3, using: &random)
      return .array((0..<count).map { _ in anyValue(&random, depth: depth + 1) })
    default:
      let names = Samples.names.shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random))
      return .object(JSONObject(names.map { ($0, anyValue(&random, depth: depth + 1)) }))
    }
  }
}

extension Shape.TextBounds {
  func value(_ random: inout SplitMix64) -> String {
    if let pattern { return Samples.patterns[pattern].good.randomElement(using: &random) ?? "" }
    // Fewer characters than would be too many bytes.
    let count = Int.random(in: least...min(most, least + 8), using: &random)
    var text = ""
    for _ in 0..<count { text.unicodeScalars.append(Samples.characters.randomElement(using: &random) ?? "a") }
    return text
  }
}

extension Shape.NumberBounds {
  func value(_ random: inout SplitMix64) -> Double {
    guard let multipleOf else {
      return minimum + (maximum - minimum) * (Double(Int.random(in: 1...999, using: &random)) / 1000)
    }
    let least = Int((minimum * 10 / Double(multipleOf)).rounded(.down)) + 1
    let greatest = Int((maximum * 10 / Double(multipleOf)).rounded(.up)) - 1
    return Double(Int.random(in: least...max(least, greatest), using: &random) * multipleOf) / 10
  }
}

extension Shape.Members {
  func value(_ random: inout SplitMix64, tag: String? = nil) -> JSONValue {
    var pairs: [(String, JSONValue)] = []
    for member in members where member.isRequired || random.chance(60) {
      pairs.append((member.name, member.isNullable && random.chance(30) ? .null : member.shape.value(&random)))
    }
    if let tag { pairs.append(("type", .string(tag))) }
    for number in 0..<2 where random.chance(30) {
      switch others {
      case .any: pairs.append(("other \(number)", Shape.anyValue(&random, depth: 2)))
      case .none: break
      case .some(let box): pairs.append(("other \(number)", box.shape.value(&random)))
      }
    }
    return .object(JSONObject(pairs.shuffled(using: &random)))
  }
}
