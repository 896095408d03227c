import FoundationEssentials
import Storage
import Values

/// The values of one statement in PostgreSQL's binary format, made in the task that asks.
struct Parameters: Sendable {
  /// All values, one behind the other.
  private(set) var bytes: [UInt8] = []
  /// Where each begins; nil for NULL.
  private(set) var starts: [Int?] = []
  private(set) var lengths: [Int32] = []

  /// - Throws: `invalidValue`.
  init(_ values: [SQLValue], for statement: Statement) throws(StorageError) {
    try statement.check(values)
    starts.reserveCapacity(values.count)
    lengths.reserveCapacity(values.count)
    bytes.reserveCapacity(16 * values.count)
    for value in values {
      if case .null = value {
        starts.append(nil)
        lengths.append(0)
        continue
      }
      let start = bytes.count
      append(value)
      guard let length = Int32(exactly: bytes.count - start) else {
        throw StorageError(.invalidValue, "A value is larger than two gigabytes.")
      }
      starts.append(start)
      lengths.append(length)
    }
  }

  private mutating func append(_ value: SQLValue) {
    switch value {
    case .null: break
    case .bool(let value): bytes.append(value ? 1 : 0)
    case .int(let value): append(bigEndian: UInt64(bitPattern: value))
    case .double(let value): append(bigEndian: value.bitPattern)
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
}
