/// A value of the document (JSON data model) with its keys in order.
indirect enum DocumentValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  /// Any other number, as it was written.
  case number(String)
  case string(String)
  case array([DocumentValue])
  case object([Member])

  struct Member: Equatable, Sendable {
    var key: String
    var value: DocumentValue
  }
}
