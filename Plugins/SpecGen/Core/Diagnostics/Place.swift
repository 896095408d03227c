/// A position in a text: line and column count from 1, columns in Unicode scalars.
struct Position: Equatable, Hashable, Sendable, Comparable {
  // Everything that is read keeps its places: they are small.
  private var storedLine: Int32
  private var storedColumn: Int32

  init(line: Int, column: Int) {
    storedLine = Int32(cutting: line)
    storedColumn = Int32(cutting: column)
  }

  var line: Int {
    get { Int(storedLine) }
    set { storedLine = Int32(cutting: newValue) }
  }

  var column: Int {
    get { Int(storedColumn) }
    set { storedColumn = Int32(cutting: newValue) }
  }

  static func < (left: Position, right: Position) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

extension Int32 {
  /// As `init(clamping:)`, of which a debug build makes a long way, and there are several for each value of a document.
  fileprivate init(cutting value: Int) {
    self = value > 0x7FFF_FFFF ? .max : Int32(truncatingIfNeeded: value)
  }
}

/// Where something stands in the specification: from `start` up to, not including, `end`.
struct Place: Equatable, Hashable, Sendable, Comparable {
  var start: Position
  var end: Position
  private var storedFile: Int32

  init(_ start: Position, _ end: Position, file: Int = 0) {
    self.start = start
    self.end = end
    storedFile = Int32(cutting: file)
  }

  /// Which of the specification's files: an index of `SourceFiles`, 0 for the one that was named.
  var file: Int {
    get { Int(storedFile) }
    set { storedFile = Int32(cutting: newValue) }
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

/// A value together with the place where it was written. A reference, since nearly all that is read from a specification
/// is made of such values, and what is made of many of them is copied often.
final class Located<Value: Sendable>: Sendable {
  let value: Value
  let place: Place

  init(_ value: Value, at place: Place) {
    self.value = value
    self.place = place
  }
}

extension Located: Equatable where Value: Equatable {
  static func == (left: Located, right: Located) -> Bool {
    left === right || left.value == right.value && left.place == right.place
  }
}
