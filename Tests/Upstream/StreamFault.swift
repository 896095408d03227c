/// What goes wrong in the middle of a streamed answer, or is unusual about it.
enum StreamFault: String {
  /// A head, and nothing until the client leaves.
  case stall
  /// Half of the events, and nothing until the client leaves.
  case stallLate = "stall-late"
  /// Half of the events, a part of the next that ends inside a character if it can, and the connection is closed.
  case cutInside = "cut-inside"
  /// Half of the events, then an error object.
  case errorLate = "error-late"
  /// Half of the events, then what is no JSON.
  case garbageLate = "garbage-late"
  /// Half of the events, then 17 MiB without a line's end.
  case hugeLine = "huge-line"
  /// Words without end.
  case endless
  /// Some bytes at a time.
  case trickle
  /// Each event in two pieces, parted inside a character if it can be.
  case split
}
