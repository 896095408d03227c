public import FoundationEssentials
public import Values

/// The rows that a statement gave, one at a time; columns are read by index, counted from 0, straight out of what the
/// engine holds.
///
/// Reading a column throws `decoding` when it is null, is of another type, or there is no such column or row.
public struct Rows {
  private let source: any RowSource

  public init(_ source: any RowSource) {
    self.source = source
  }

  /// Moves to the next row, the first at the first call; false when there is none.
  public mutating func next() throws(StorageError) -> Bool { try source.next() }

  /// How many rows the statement inserted, changed or deleted; those it returns need not have been read.
  public mutating func changed() throws(StorageError) -> Int { try source.changed() }

  /// For reserving memory; 0 when the engine does not know yet.
  public var estimatedCount: Int { source.estimatedCount }

  public func isNull(_ column: Int) throws(StorageError) -> Bool { try source.isNull(column) }

  public func bool(_ column: Int) throws(StorageError) -> Bool { try source.bool(column) }
  public func int(_ column: Int) throws(StorageError) -> Int { try source.int(column) }
  public func double(_ column: Int) throws(StorageError) -> Double { try source.double(column) }
  public func text(_ column: Int) throws(StorageError) -> String { try source.text(column) }
  public func uuid(_ column: Int) throws(StorageError) -> UUID { try source.uuid(column) }
  public func timestamp(_ column: Int) throws(StorageError) -> Timestamp { try source.timestamp(column) }
  public func date(_ column: Int) throws(StorageError) -> CalendarDate { try source.date(column) }
  /// JSON text. PostgreSQL writes it anew (JSONB): equal as JSON to what was saved, not byte for byte.
  public func json(_ column: Int) throws(StorageError) -> String { try source.json(column) }
  public func bytes(_ column: Int) throws(StorageError) -> [UInt8] { try source.bytes(column) }
  public func data(_ column: Int) throws(StorageError) -> Data { Data(try source.bytes(column)) }

  public func optionalBool(_ column: Int) throws(StorageError) -> Bool? { try isNull(column) ? nil : bool(column) }
  public func optionalInt(_ column: Int) throws(StorageError) -> Int? { try isNull(column) ? nil : int(column) }
  public func optionalDouble(_ column: Int) throws(StorageError) -> Double? {
    try isNull(column) ? nil : double(column)
  }
  public func optionalText(_ column: Int) throws(StorageError) -> String? { try isNull(column) ? nil : text(column) }
  public func optionalUUID(_ column: Int) throws(StorageError) -> UUID? { try isNull(column) ? nil : uuid(column) }
  public func optionalTimestamp(_ column: Int) throws(StorageError) -> Timestamp? {
    try isNull(column) ? nil : timestamp(column)
  }
  public func optionalDate(_ column: Int) throws(StorageError) -> CalendarDate? {
    try isNull(column) ? nil : date(column)
  }
  public func optionalJSON(_ column: Int) throws(StorageError) -> String? { try isNull(column) ? nil : json(column) }
  public func optionalBytes(_ column: Int) throws(StorageError) -> [UInt8]? {
    try isNull(column) ? nil : bytes(column)
  }

  public func optionalData(_ column: Int) throws(StorageError) -> Data? {
    try isNull(column) ? nil : data(column)
  }
}

/// An engine's own representation of rows, behind `Rows`.
public protocol RowSource: AnyObject {
  func next() throws(StorageError) -> Bool
  func changed() throws(StorageError) -> Int
  var estimatedCount: Int { get }
  func isNull(_ column: Int) throws(StorageError) -> Bool
  func bool(_ column: Int) throws(StorageError) -> Bool
  func int(_ column: Int) throws(StorageError) -> Int
  func double(_ column: Int) throws(StorageError) -> Double
  func text(_ column: Int) throws(StorageError) -> String
  func uuid(_ column: Int) throws(StorageError) -> UUID
  func timestamp(_ column: Int) throws(StorageError) -> Timestamp
  func date(_ column: Int) throws(StorageError) -> CalendarDate
  func json(_ column: Int) throws(StorageError) -> String
  func bytes(_ column: Int) throws(StorageError) -> [UInt8]
}
