/// Room for bytes at the end of an array.
struct ByteOutput {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  fileprivate var count = 0

  fileprivate init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    buffer[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    count = buffer[count...].update(fromContentsOf: bytes)
  }

  /// Appends a number in decimal: 20 digits at most.
  @inline(__always)
  mutating func append(digitsOf number: UInt64) {
    let start = count
    var rest = number
    repeat {
      count += 1
      rest /= 10
    } while rest > 0
    rest = number
    for index in (start..<count).reversed() {
      buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }
}

extension [UInt8] {
  /// Appends a few bytes. The array is asked once whether there is room for them, and not for each.
  ///
  /// - Parameter capacity: how many there may be.
  @inline(__always)
  mutating func append(upTo capacity: Int, _ write: (inout ByteOutput) -> Void) {
    append(addingCapacity: capacity) { span in
      span.withUnsafeMutableBufferPointer { buffer, count in
        var output = ByteOutput(buffer)
        write(&output)
        count = output.count
      }
    }
  }
}
