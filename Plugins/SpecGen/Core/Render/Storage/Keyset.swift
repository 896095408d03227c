/// The columns that sort a list, as SQL, and which of them sort downwards.
struct Keyset {
  var columns: [(sql: String, isDescending: Bool)]

  /// Whether a row comes after the one whose sort columns are the parameters from `first` on.
  func condition(after first: Int) -> String {
    let directions = Set(columns.map(\.isDescending))
    if directions.count == 1 {
      let comparison = columns[0].isDescending ? "<" : ">"
      if columns.count == 1 { return "\(columns[0].sql) \(comparison) $\(first)" }
      let names = columns.map(\.sql).joined(separator: ", ")
      let numbers = columns.indices.map { "$\(first + $0)" }.joined(separator: ", ")
      return "(\(names)) \(comparison) (\(numbers))"
    }
    // Rows compare in one direction only, so the columns stand one within the other; the first bound lets an index
    // begin in the right place.
    let bound = "\(columns[0].sql) \(columns[0].isDescending ? "<=" : ">=") $\(first)"
    return "\(bound) AND (\(condition(from: 0, first)))"
  }

  private func condition(from position: Int, _ first: Int) -> String {
    let (name, isDescending) = columns[position]
    let number = "$\(first + position)"
    let beyond = "\(name) \(isDescending ? "<" : ">") \(number)"
    guard position + 1 < columns.count else { return beyond }
    let rest = condition(from: position + 1, first)
    return "\(beyond) OR (\(name) = \(number) AND \(position + 2 < columns.count ? "(\(rest))" : rest))"
  }

  /// `created_at DESC, id DESC`.
  var order: String { columns.map { $0.sql + ($0.isDescending ? " DESC" : "") }.joined(separator: ", ") }
}
