/// A position in a text: line and column count from 1, columns in Unicode scalars.
struct Position: Equatable, Hashable, Sendable, Comparable {
  // Everything that is read keeps its places: they are small.
  private var storedLine: Int32
  private var storedColumn: Int32

  init(line: Int, column: Int) {
    storedLine = Int32(clamping: line)
    storedColumn = Int32(clamping: column)
  }

  var line: Int {
    get { Int(storedLine) }
    set { storedLine = Int32(clamping: newValue) }
  }

  var column: Int {
    get { Int(storedColumn) }
    set { storedColumn = Int32(clamping: newValue) }
  }

  static func < (left: Position, right: Position) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// Where something stands in the specification: from `start` up to, not including, `end`.
struct Place: Equatable, Hashable, Sendable, Comparable {
  var start: Position
  var end: Position
  /// Which of the specification's files: an index of `SourceFiles`, 0 for the one that was named.
  var file = 0

  init(_ start: Position, _ end: Position, file: Int = 0) {
    self.start = start
    self.end = end
    self.file = file
  }

  /// One character.
  init(line: Int, column: Int, file: Int = 0) {
    self.init(Position(line: line, column: column), Position(line: line, column: column + 1), file: file)
  }

  /// The beginning of the file.
  static let top = Place(line: 1, column: 1)

  /// In the order in which people read: file after file, each from its beginning.
  static func < (left: Place, right: Place) -> Bool {
    left.file == right.file ? left.start < right.start : left.file < right.file
  }
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
