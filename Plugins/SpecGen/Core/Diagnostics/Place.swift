/// A position in a text: line and column count from 1, columns in Unicode scalars.
struct Position: Equatable, Hashable, Sendable, Comparable {
  var line: Int
  var column: Int

  static func < (left: Position, right: Position) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// Where something stands in the specification: from `start` up to, not including, `end`.
struct Place: Equatable, Hashable, Sendable {
  var start: Position
  var end: Position

  init(_ start: Position, _ end: Position) {
    self.start = start
    self.end = end
  }

  /// One character.
  init(line: Int, column: Int) {
    self.init(Position(line: line, column: column), Position(line: line, column: column + 1))
  }

  /// The beginning of the file.
  static let top = Place(line: 1, column: 1)
}

/// A value together with the place where it was written.
struct Located<Value> {
  var value: Value
  var place: Place

  init(_ value: Value, at place: Place) {
    self.value = value
    self.place = place
  }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
extension Located: Sendable where Value: Sendable {}
