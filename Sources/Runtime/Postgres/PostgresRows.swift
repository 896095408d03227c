import CLibpq
import FoundationEssentials
import Storage
import Values

/// Rows in PostgreSQL's binary format.
final class PostgresRows: RowSource {
  private let result: PostgresResult
  private let name: String
  private let count: Int32
  private let columns: Int32
  private var row: Int32 = -1

  init(_ result: PostgresResult, of statement: Statement) {
    self.result = result
    name = statement.name
    count = PQntuples(result.pointer)
    columns = PQnfields(result.pointer)
  }

  var estimatedCount: Int { Int(count) }

  func next() throws(StorageError) -> Bool {
    guard row + 1 < count else {
      row = count
      return false
    }
    row += 1
    return true
  }

  func changed() throws(StorageError) -> Int {
    PQcmdTuples(result.pointer).flatMap { Int(String(cString: $0)) } ?? 0
  }

  func isNull(_ column: Int) throws(StorageError) -> Bool {
    try check(column)
    return PQgetisnull(result.pointer, row, Int32(column)) == 1
  }

  func bool(_ column: Int) throws(StorageError) -> Bool {
    let (type, bytes) = try value(column)
    guard type == PostgresType.bool, bytes.count == 1 else { throw mismatch(column, "a boolean") }
    return bytes[0] != 0
  }

  func int(_ column: Int) throws(StorageError) -> Int {
    let (type, bytes) = try value(column)
    return switch (type, bytes.count) {
    case (PostgresType.int8, 8): Int(Int64(bitPattern: bigEndian(bytes)))
    case (PostgresType.int4, 4): Int(Int32(bitPattern: bigEndian(bytes)))
    case (PostgresType.int2, 2): Int(Int16(bitPattern: bigEndian(bytes)))
    default: throw mismatch(column, "an integer; cast it to bigint")
    }
  }

  func double(_ column: Int) throws(StorageError) -> Double {
    let (type, bytes) = try value(column)
    return switch (type, bytes.count) {
    case (PostgresType.float8, 8): Double(bitPattern: bigEndian(bytes))
    case (PostgresType.float4, 4): Double(Float(bitPattern: bigEndian(bytes)))
    default: throw mismatch(column, "a floating-point number; cast it to double precision")
    }
  }

  func text(_ column: Int) throws(StorageError) -> String {
    let (type, bytes) = try value(column)
    switch type {
    case PostgresType.text, PostgresType.varchar, PostgresType.bpchar, PostgresType.name, PostgresType.unknown:
      return String(decoding: bytes, as: UTF8.self)
    default: throw mismatch(column, "a text")
    }
  }

  func uuid(_ column: Int) throws(StorageError) -> UUID {
    let (type, bytes) = try value(column)
    guard type == PostgresType.uuid, bytes.count == 16 else { throw mismatch(column, "a UUID") }
    return UUID(uuid: bytes.loadUnaligned(as: uuid_t.self))
  }

  /// Microseconds are rounded down to milliseconds.
  func timestamp(_ column: Int) throws(StorageError) -> Timestamp {
    let (type, bytes) = try value(column)
    guard type == PostgresType.timestamptz, bytes.count == 8 else {
      throw mismatch(column, "a timestamp with time zone")
    }
    let microseconds = Int64(bitPattern: bigEndian(bytes))
    // The ends of the range are PostgreSQL's infinities.
    guard microseconds != .min, microseconds != .max else { throw mismatch(column, "a finite timestamp") }
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1000)
    return Timestamp(milliseconds: quotient - (remainder < 0 ? 1 : 0) + PostgresType.epochMilliseconds)
  }

  func date(_ column: Int) throws(StorageError) -> CalendarDate {
    let (type, bytes) = try value(column)
    guard type == PostgresType.date, bytes.count == 4 else { throw mismatch(column, "a date") }
    let days = Int(Int32(bitPattern: bigEndian(bytes))) + PostgresType.epochDays
    let start = Timestamp(milliseconds: Int64(days) * 86_400_000)
    guard start >= .earliest, start <= .latest else { throw mismatch(column, "a date in the years 0001 to 9999") }
    return CalendarDate(start)
  }

  func json(_ column: Int) throws(StorageError) -> String {
    let (type, bytes) = try value(column)
    switch type {
    case PostgresType.jsonb where bytes.first == 1:
      return String(decoding: UnsafeRawBufferPointer(rebasing: bytes.dropFirst()), as: UTF8.self)
    case PostgresType.json: return String(decoding: bytes, as: UTF8.self)
    default: throw mismatch(column, "a JSON value")
    }
  }

  func bytes(_ column: Int) throws(StorageError) -> [UInt8] {
    let (type, bytes) = try value(column)
    guard type == PostgresType.bytea else { throw mismatch(column, "bytes") }
    return [UInt8](bytes)
  }

  /// The type and the bytes of a value that is not null. The bytes live as long as the result.
  private func value(_ column: Int) throws(StorageError) -> (type: UInt32, bytes: UnsafeRawBufferPointer) {
    if try isNull(column) { throw mismatch(column, "there: it is null") }
    let length = Int(PQgetlength(result.pointer, row, Int32(column)))
    let start = PQgetvalue(result.pointer, row, Int32(column))
    return (PQftype(result.pointer, Int32(column)), UnsafeRawBufferPointer(start: start, count: length))
  }

  private func check(_ column: Int) throws(StorageError) {
    guard row >= 0, row < count, column >= 0, column < Int(columns) else {
      throw StorageError(.decoding, "\(name): there is no row, or it has no column \(column).")
    }
  }

  private func bigEndian<Number: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer) -> Number {
    Number(bigEndian: bytes.loadUnaligned(as: Number.self))
  }

  private func mismatch(_ column: Int, _ wanted: String) -> StorageError {
    let label = PQfname(result.pointer, Int32(column)).map { String(cString: $0) } ?? ""
    return StorageError(.decoding, "\(name): column \(column) (\(label)) is not \(wanted).")
  }
}
