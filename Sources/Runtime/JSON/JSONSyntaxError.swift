/// A text that is not JSON: where it ceases to be, and why.
public struct JSONSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Bytes before the place.
  public var offset: Int
  /// From 1.
  public var line: Int
  /// From 1, in characters (Unicode scalars).
  public var column: Int
  /// One sentence without a full stop.
  public var reason: String

  public init(offset: Int, line: Int, column: Int, reason: String) {
    self.offset = offset
    self.line = line
    self.column = column
    self.reason = reason
  }

  /// Finds the line and column of an offset.
  init(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int, reason: String) {
    var line = 1
    var column = 1
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(offset: offset, line: line, column: column, reason: reason)
  }

  public var description: String { "Line \(line), column \(column): \(reason)." }
}

/// Why a text could not be read as a value of some type.
public enum JSONReadError: Error, Sendable, Hashable {
  /// It is not JSON.
  case syntax(JSONSyntaxError)
  /// It is JSON that breaks constraints: all of them, in the order found.
  case faults([Fault])
}
