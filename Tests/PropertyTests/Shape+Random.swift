import JSON
import TestSupport

extension Shape {
  /// A shape of any kind, the named ones among those that there are.
  static func random(_ random: inout SplitMix64, depth: Int, named: [(name: String, shape: Shape)]) -> Shape {
    if depth > 0, !named.isEmpty, random.chance(10), let one = named.randomElement(using: &random) {
      return .named(one.name, Box(one.shape))
    }
    guard depth < 3, random.chance(depth == 0 ? 92 : 35) else { return scalar(&random) }
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1:
      let item = Shape.random(&random, depth: depth + 1, named: named)
      let least = Int.random(in: 0...2, using: &random)
      let isUnique = random.chance(40) && item.hasManyValues
      return .list(
        item,
        ListBounds(
          least: least, most: least + Int.random(in: 1...3, using: &random), isUnique: isUnique,
          isNullable: !isUnique && !item.takesNull && random.chance(25)))
    case 2:
      let value = Shape.random(&random, depth: depth + 1, named: named)
      let least = Int.random(in: 0...2, using: &random)
      return .map(
        value, least: least, most: least + Int.random(in: 1...2, using: &random),
        isNullable: !value.takesNull && random.chance(25))
    case 3:
      let tags = Samples.words.shuffled(using: &random).prefix(Int.random(in: 2...3, using: &random))
      return .tagged(
        tags.map { tag in
          var members = Members.random(&random, depth: depth + 1, named: named)
          members.members.removeAll { $0.name == "type" }
          members.refused.removeAll { $0 == "type" }
          return (tag, members)
        })
    case 4: return .kinds(kinds(&random))
    case 5:
      let names = ["card", "iban", "cash"].prefix(Int.random(in: 2...3, using: &random))
      return .distinct(
        names.map { name in
          var members = Members.random(&random, depth: depth + 1, named: named)
          members.members.insert(
            Member(name: name, shape: .boolean, isRequired: true, isNullable: false), at: 0)
          return members
        })
    case 6 where random.chance(30): return .multiples([3, 5])
    default: return .object(.random(&random, depth: depth + 1, named: named))
    }
  }

  private static func kinds(_ random: inout SplitMix64) -> [Shape] {
    let all: [Shape] = [
      .text(.random(&random)), .integer(.random(&random)), .boolean,
      .list(scalar(&random), ListBounds(least: 1, most: 3, isUnique: false, isNullable: false)),
      .object(.random(&random, depth: 3, named: [])),
    ]
    return Array(all.shuffled(using: &random).prefix(Int.random(in: 2...4, using: &random)))
  }

  private static func scalar(_ random: inout SplitMix64) -> Shape {
    switch Int.random(in: 0..<11, using: &random) {
    case 0, 1: .text(.random(&random))
    case 2, 3: .formatted(Samples.formats.randomElement(using: &random)?.name ?? "uuid")
    case 4: .texts(Array(Samples.words.shuffled(using: &random).prefix(3)))
    case 5: .constant(Samples.words.randomElement(using: &random) ?? "a")
    case 6, 7: .integer(.random(&random))
    case 8: .number(.random(&random))
    case 9: random.chance(50) ? .boolean : .literals(Samples.literals.randomElement(using: &random) ?? [1])
    default: random.chance(60) ? .anything : .integer(.random(&random))
    }
  }

  /// Whether there are enough values for a list without twins.
  private var hasManyValues: Bool {
    switch self {
    case .text(let bounds): bounds.pattern == nil && bounds.most > 3
    case .integer, .formatted("uuid"), .formatted("date-time"), .formatted("date"): true
    case .object(let members): members.members.contains { $0.isRequired && !$0.isNullable && $0.shape.hasManyValues }
    default: false
    }
  }
}

extension Shape.TextBounds {
  static func random(_ random: inout SplitMix64) -> Shape.TextBounds {
    if random.chance(40) {
      return Shape.TextBounds(
        least: 0, most: .max, pattern: Int.random(in: 0..<Samples.patterns.count, using: &random))
    }
    let least = Int.random(in: 0...4, using: &random)
    let most = random.chance(70) ? least + Int.random(in: 0...8, using: &random) : .max
    return Shape.TextBounds(least: least, most: most, pattern: nil, mostBytes: random.chance(15) ? 100 : nil)
  }
}

extension Shape.IntegerBounds {
  static func random(_ random: inout SplitMix64) -> Shape.IntegerBounds {
    let multipleOf = [1, 1, 2, 5, 7].randomElement(using: &random) ?? 1
    let minimum = Int64.random(in: -100...100, using: &random) * (random.chance(20) ? 1_000_000_007 : 1)
    return Shape.IntegerBounds(
      minimum: minimum, maximum: minimum + Int64.random(in: 20...3000, using: &random), isExclusive: random.chance(30),
      multipleOf: Int64(multipleOf))
  }

  /// The least and the greatest value.
  var values: ClosedRange<Int64> {
    let lower = minimum + (isExclusive ? 1 : 0)
    let upper = maximum - (isExclusive ? 1 : 0)
    let remainder = lower % multipleOf
    let least = remainder == 0 ? lower : lower - remainder + (remainder > 0 ? multipleOf : 0)
    return least...(least + (upper - least) / multipleOf * multipleOf)
  }
}

extension Shape.NumberBounds {
  static func random(_ random: inout SplitMix64) -> Shape.NumberBounds {
    let minimum = Double(Int.random(in: -50...50, using: &random)) / 2
    return Shape.NumberBounds(
      minimum: minimum, maximum: minimum + Double(Int.random(in: 2...200, using: &random)),
      isExclusive: random.chance(30), multipleOf: random.chance(40) ? Int.random(in: 1...3, using: &random) : nil)
  }
}

extension Shape.Members {
  static func random(
    _ random: inout SplitMix64, depth: Int, named: [(name: String, shape: Shape)]
  ) -> Shape.Members {
    var names = Samples.names.shuffled(using: &random)
    let count = Int.random(in: 1...5, using: &random)
    let members = names.prefix(count).map { name -> Shape.Member in
      let shape = Shape.random(&random, depth: depth + 1, named: named)
      let isNullable = !shape.takesNull && random.chance(25)
      var member = Shape.Member(
        name: name, shape: shape, isRequired: random.chance(50), isNullable: isNullable, isReadOnly: random.chance(6))
      if !member.isRequired, !member.isReadOnly, random.chance(20), shape.takesDefault {
        member.initial = shape.value(&random)
      }
      return member
    }
    names.removeFirst(count)
    let others: Others
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<3: others = .none
    case 3..<5: others = .some(Shape.Box(.integer(.random(&random))))
    default: others = .any
    }
    return Shape.Members(members: members, others: others, refused: random.chance(8) ? [names[0]] : [])
  }
}

extension Shape {
  /// Whether SpecGen takes a default of it.
  fileprivate var takesDefault: Bool {
    switch self {
    case .texts, .integer, .boolean, .number: true
    default: false
    }
  }
}
