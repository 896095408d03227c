/// Whether bytes are UTF-8 (RFC 3629).
enum UTF8Check {
  /// The place of the first byte that is not; nil when all is well.
  static func firstFault(in bytes: [UInt8], file: Int = 0) -> Place? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    // Something is wrong: find the line, then the scalar.
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var position = Position(line: 1, column: 1)
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue("\n"): position = Position(line: position.line + 1, column: 1)
      case .scalarValue: position.column += 1
      case .emptyInput, .error: return Place(line: position.line, column: position.column, file: file)
      }
    }
  }
}
