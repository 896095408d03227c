import FoundationEssentials
import Storage
import Values

/// The values of one statement in PostgreSQL's binary format, made in the task that asks.
struct Parameters: Sendable {
  /// Each value behind its length, a native Int32; -1 for NULL.
  private var bytes: [UInt8] = []
  let count: Int

  /// - Throws: `invalidValue`.
  init(_ values: [SQLValue], for statement: Statement) throws(StorageError) {
    try statement.check(values)
    count = values.count
    if count == 0 { return }
    bytes.reserveCapacity(24 * values.count)
    for value in values {
      let start = bytes.count
      append(native: -1)
      if case .null = value { continue }
      append(value)
      guard let length = Int32(exactly: bytes.count - start - 4) else {
        throw StorageError(.invalidValue, "A value is larger than two gigabytes.")
      }
      bytes.withUnsafeMutableBytes { $0.storeBytes(of: length, toByteOffset: start, as: Int32.self) }
    }
  }

  /// Calls `body` with where each value begins, nil for NULL, and with the lengths; both are valid until it returns.
  func withValues<Result>(
    _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?) -> Result
  ) -> Result {
    if count == 0 { return body(nil, nil) }
    return bytes.withUnsafeBytes { bytes in
      withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { pointers in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { lengths in
          var position = 0
          for index in 0..<count {
            let length = bytes.loadUnaligned(fromByteOffset: position, as: Int32.self)
            position += 4
            // Behind the length, so that the address of an empty value is not nil, which would mean NULL.
            let start = bytes.baseAddress?.advanced(by: position).assumingMemoryBound(to: CChar.self)
            pointers.initializeElement(at: index, to: length < 0 ? nil : start)
            lengths.initializeElement(at: index, to: max(0, length))
            position += Int(max(0, length))
          }
          return body(pointers.baseAddress, lengths.baseAddress)
        }
      }
    }
  }

  private mutating func append(_ value: SQLValue) {
    switch value {
    case .null: break
    case .bool(let value): bytes.append(value ? 1 : 0)
    case .int(let value): append(bigEndian: UInt64(bitPattern: value))
    // Without the sign of a zero, which SQLite does not keep.
    case .double(let value): append(bigEndian: (value + 0).bitPattern)
    case .text(let value): bytes.append(contentsOf: value.utf8)
    case .bytes(let value): bytes.append(contentsOf: value)
    case .uuid(let value): withUnsafeBytes(of: value.uuid) { bytes.append(contentsOf: $0) }
    case .json(let value):
      bytes.append(1)  // the version of the format of JSONB
      bytes.append(contentsOf: value.utf8)
    case .timestamp(let value):
      // Checked to lie in the years 0001 to 9999, so this cannot overflow.
      append(bigEndian: UInt64(bitPattern: (value.milliseconds - PostgresType.epochMilliseconds) * 1000))
    case .date(let value):
      append(bigEndian: UInt32(bitPattern: Int32(truncatingIfNeeded: value.daysSince1970 - PostgresType.epochDays)))
    }
  }

  private mutating func append(bigEndian value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func append(native value: Int32) {
    withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
  }
}
