extension JSONReader {
  /// Where a reader stood, to return to after a trial.
  struct Checkpoint {
    fileprivate let position: Int
    fileprivate let path: JSONPath
    fileprivate let faults: FaultList
    /// The JSON Pointer of the value that is about to be read.
    let pointer: String
  }

  /// How many bytes may be read again, for each byte of the text: trials within trials would otherwise multiply.
  private static let patience = 64

  func checkpoint() -> Checkpoint {
    Checkpoint(position: position, path: path, faults: faults, pointer: path.pointer(in: bytes))
  }

  /// What was found wrong since then.
  func faults(since start: Checkpoint) -> [Fault] {
    Array(faults.faults.dropFirst(start.faults.faults.count))
  }

  /// Returns to where the reader stood; false when too much was read in vain, which ends the reading.
  mutating func restore(_ start: Checkpoint) -> Bool {
    reread += position - start.position
    if reread > Self.patience * (bytes.count + 1024) {
      return fail("Too many alternatives fit the beginnings of the values", at: start.position)
    }
    position = start.position
    path = start.path
    faults = start.faults
    return true
  }

  /// Records faults that a trial found.
  mutating func record(_ found: [Fault]) {
    faults.append(contentsOf: found)
  }

  /// Looks ahead: the reader stands where it stood, whatever `body` did.
  mutating func peek<Result>(_ body: (inout JSONReader) -> Result?) -> Result? {
    let start = position
    let result = body(&self)
    guard !hasFailed else { return nil }
    position = start
    return result
  }
}
