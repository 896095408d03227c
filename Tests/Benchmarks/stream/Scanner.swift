/// Finds the upstream's tokens in whatever they come wrapped in: `@`, the nanoseconds at which one left, `#`, its number.
///
/// It keeps nothing of the bytes but where it is in a token, so that pieces may end anywhere.
struct Scanner {
  private enum Place {
    case outside, time, number
  }

  private var place = Place.outside
  private var digits = 0
  private var value: UInt64 = 0
  private var time: UInt64 = 0
  private var matched = 0
  /// The number of the next token that must come.
  private(set) var next = 0
  /// Tokens that came out of order: lost or repeated ones.
  private(set) var faults = 0
  /// Whether the turn said that it is done.
  private(set) var isDone = false

  private static let end = Array("event: done".utf8)

  /// Reads a piece; tells when each of its tokens left. The end of a turn says them all again and is not read.
  mutating func read(_ bytes: UnsafeRawBufferPointer, _ found: (_ left: UInt64) -> Void) {
    for byte in bytes where !isDone {
      switch (place, byte) {
      case (_, UInt8(ascii: "@")): begin(.time)
      case (.outside, _): break
      case (.time, UInt8(ascii: "#")) where digits == 19:
        time = value
        begin(.number)
      case (_, UInt8(ascii: "0")...UInt8(ascii: "9")):
        value = value &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
        digits += 1
      case (.number, UInt8(ascii: ";")) where digits == 6:
        if value == UInt64(next) { found(time) } else { faults += 1 }
        next = Int(value) + 1
        place = .outside
      default: place = .outside
      }
      matched = byte == Self.end[matched] ? matched + 1 : byte == Self.end[0] ? 1 : 0
      isDone = matched == Self.end.count
    }
  }

  private mutating func begin(_ place: Place) {
    self.place = place
    digits = 0
    value = 0
  }
}
