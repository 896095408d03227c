/// Where a reader is: the open arrays and objects, with the names read so far.
struct JSONPath {
  /// An open array or object.
  struct Frame {
    /// Where its names begin in `names`.
    var firstName: Int
    /// Items or members begun so far.
    var count = 0
    var isObject: Bool
    /// The names as a set, once they are too many to compare one by one.
    var known: Set<[UInt8]>?
  }

  /// A member's name: bytes of the text, or of `decoded` when it was written with escapes.
  struct Name {
    var start: Int
    var count: Int
    var isDecoded: Bool
  }

  var maximumDepth = 128
  private(set) var frames: [Frame] = []
  /// The names of the open objects, then leftovers.
  private var names: [Name] = []
  private var openNames = 0
  private(set) var decoded: [UInt8] = []
  /// The names of the object that was closed last.
  private var closedNames = 0..<0
  /// The number of items or members of the array or object that was closed last.
  private(set) var closedCount = 0

  init() {
    frames.reserveCapacity(8)
    names.reserveCapacity(32)
  }

  mutating func open(isObject: Bool) -> Bool {
    guard frames.count < maximumDepth else { return false }
    frames.append(Frame(firstName: openNames, isObject: isObject))
    return true
  }

  mutating func close() {
    guard let frame = frames.popLast() else { return }
    closedNames = frame.firstName..<openNames
    closedCount = frame.count
    openNames = frame.firstName
  }

  /// Counts an item of the innermost array.
  mutating func advance() {
    frames[frames.count - 1].count += 1
  }

  /// The number of items or members begun in the innermost array or object.
  var count: Int { frames.last?.count ?? 0 }

  /// Adds a member to the innermost object; false when its name was there before.
  mutating func add(_ name: Name, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    names.removeLast(names.count - openNames)
    let top = frames.count - 1
    let first = frames[top].firstName
    let isNew = isNew(name, since: first, in: text)
    names.append(name)
    openNames += 1
    frames[top].count += 1
    return isNew
  }

  private mutating func isNew(_ name: Name, since first: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    let top = frames.count - 1
    if frames[top].known != nil {
      let bytes = withBytes(of: name, in: text) { Array($0) }
      return frames[top].known?.insert(bytes).inserted ?? true
    }
    for index in first..<openNames where names[index].count == name.count {
      let isSame = withBytes(of: names[index], in: text) { known in
        withBytes(of: name, in: text) { ByteScan.isEqual($0, known) }
      }
      if isSame { return false }
    }
    if openNames - first == 24 {
      var known = Set((first..<openNames).map { withBytes(of: names[$0], in: text) { Array($0) } })
      known.insert(withBytes(of: name, in: text) { Array($0) })
      frames[top].known = known
    }
    return true
  }

  /// Whether the object that was closed last had a member.
  func closedObjectHas(_ name: StaticString, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    name.withUTF8Buffer { name in
      closedNames.contains { index in withBytes(of: names[index], in: text) { ByteScan.isEqual($0, name) } }
    }
  }

  /// Keeps the bytes of a name that was written with escapes.
  mutating func keep(_ bytes: [UInt8]) -> Name {
    let name = Name(start: decoded.count, count: bytes.count, isDecoded: true)
    decoded += bytes
    return name
  }

  func withBytes<Result>(
    of name: Name, in text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    let range = name.start..<name.start + name.count
    if !name.isDecoded { return body(UnsafeBufferPointer(rebasing: text[range])) }
    return decoded.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// The JSON Pointer (RFC 6901) of the value that is being read.
  func pointer(in text: UnsafeBufferPointer<UInt8>) -> String {
    var pointer = ""
    for (depth, frame) in frames.enumerated() {
      if !frame.isObject {
        pointer += "/\(frame.count - 1)"
      } else if frame.count > 0 {
        let end = depth + 1 < frames.count ? frames[depth + 1].firstName : openNames
        pointer += "/"
        pointer += withBytes(of: names[end - 1], in: text) { JSONPointer.escaped(String(decoding: $0, as: UTF8.self)) }
      }
    }
    return pointer
  }
}
