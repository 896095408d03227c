import Storage
import TestSupport

/// What a schema says of a column's values, as SQL and as Swift.
enum Rule: Hashable {
  case length(Int, Int)
  case integers(Int64, Int64)
  case numbers(Double, Double)
  case values([String])

  /// As SpecGen writes it.
  func check(of column: String, in table: String) -> CheckDefinition {
    let name = "\"\(column)\""
    switch self {
    case .length(let least, let most):
      return CheckDefinition(name: "\(table)_\(column)_length", "length(\(name)) BETWEEN \(least) AND \(most)")
    case .integers(let least, let most):
      return CheckDefinition(name: "\(table)_\(column)_range", "\(name) BETWEEN \(least) AND \(most)")
    case .numbers(let least, let most):
      return CheckDefinition(name: "\(table)_\(column)_range", "\(name) >= \(least) AND \(name) < \(most)")
    case .values(let values):
      let list = values.map { "'" + $0.replacing("'", with: "''") + "'" }.joined(separator: ", ")
      return CheckDefinition(name: "\(table)_\(column)_values", "\(name) IN (\(list))")
    }
  }

  /// Null satisfies every check.
  func allows(_ value: SQLValue) -> Bool {
    switch (self, value) {
    case (_, .null): true
    case (.length(let least, let most), .text(let text)): (least...most).contains(text.unicodeScalars.count)
    case (.integers(let least, let most), .int(let number)): (least...most).contains(number)
    case (.numbers(let least, let most), .double(let number)): least <= number && number < most
    case (.values(let values), .text(let text)): values.contains(text)
    default: false
    }
  }

  static func random(for type: ColumnType, using generator: inout SplitMix64) -> Rule? {
    switch type {
    case .text:
      if generator.chance(50) { return .values(Array(words.shuffled(using: &generator).prefix(3))) }
      let least = Int.random(in: 0...2, using: &generator)
      return .length(least, [least + 1, 5, 40, 4000].filter { $0 > least }.randomElement(using: &generator) ?? 40)
    case .int:
      return .integers([-1_000_000, 0, 1].randomElement(using: &generator) ?? 0, generator.chance(50) ? 20 : 1 << 40)
    case .double:
      return .numbers([-1e9, 0, 0.5].randomElement(using: &generator) ?? 0, generator.chance(50) ? 1e3 : 1e300)
    default: return nil
    }
  }

  /// The values of enums.
  static let words = ["user", "assistant", "system", "it's", "naïve", "", "NULL", "x y"]
}
