/// "Did you mean": the known word that is nearest to a misspelt one.
package enum Suggestion {
  /// `; did you mean "summary"?`, or other advice when no candidate is near.
  package static func text(for word: String, among candidates: some Sequence<String>, else advice: String = "")
    -> String
  {
    nearest(to: word, among: candidates).map { "; did you mean \"\($0)\"?" } ?? advice
  }

  /// The nearest candidate within a third of the word's length; the first of several equally near ones.
  static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let letters = folded(word)
    var best: (distance: Int, word: String)?
    for candidate in candidates where candidate != word {
      let other = folded(candidate)
      let limit = max(1, max(letters.count, other.count) / 3)
      guard abs(letters.count - other.count) <= limit else { continue }
      let distance = distance(letters, other)
      if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.word
  }

  /// Case and separators do not make a word another word: `operation_id` is next to `operationId`.
  private static func folded(_ word: String) -> [Character] {
    word.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
  }

  /// Optimal string alignment distance: insert, delete, replace or swap neighbours.
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var before: [Int] = []
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var next = [i + 1]
      for (j, b) in right.enumerated() {
        var cost = min(row[j + 1] + 1, next[j] + 1, row[j] + (a == b ? 0 : 1))
        if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { cost = min(cost, before[j - 1] + 1) }
        next.append(cost)
      }
      (before, row) = (row, next)
    }
    return row[right.count]
  }
}
