public import JSON

/// The kinds of events that a `text/event-stream` response carries (WHATWG HTML §9.2). SpecGen writes the conformances.
public protocol ServerSentEvent: Sendable {
  /// Writes the name of the event and its data.
  func encode(to event: inout EventWriter)
}

/// Writes the lines of one event.
public struct EventWriter: Sendable {
  private(set) var bytes: [UInt8]

  init(appendingTo bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// An event whose data is JSON, which has no line breaks.
  ///
  /// - Parameter name: the type of the event; none is `message` to a browser.
  public mutating func write(_ name: StaticString? = nil, json data: some JSONEncodable) {
    write(name)
    bytes.append(contentsOf: "data: ".utf8)
    bytes.append(contentsOf: JSONWriter.write(data))
    bytes.append(UInt8(ascii: "\n"))
  }

  /// An event whose data is a text, each of its lines on a line of its own. A carriage return ends a line as a line
  /// feed does, so it arrives as one.
  public mutating func write(_ name: StaticString? = nil, text data: String) {
    write(name)
    bytes.append(contentsOf: "data: ".utf8)
    var isAfterReturn = false
    for byte in data.utf8 {
      let isReturn = byte == UInt8(ascii: "\r")
      if isReturn || byte == UInt8(ascii: "\n") {
        if isReturn || !isAfterReturn { bytes.append(contentsOf: "\ndata: ".utf8) }
      } else {
        bytes.append(byte)
      }
      isAfterReturn = isReturn
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// An event without data. An empty line of data says so: without one a browser would pass over the event.
  public mutating func write(empty name: StaticString? = nil) {
    write(name)
    bytes.append(contentsOf: "data:\n".utf8)
  }

  private mutating func write(_ name: StaticString?) {
    if let name { field("event", name.description) }
  }

  /// Writes a field; not one whose value has a character that would end the line, or that makes a browser ignore an id.
  mutating func field(_ name: String, _ value: String) {
    let ends: [UInt8] = [0, UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    guard !value.utf8.contains(where: ends.contains) else { return }
    bytes.append(contentsOf: "\(name): ".utf8)
    bytes.append(contentsOf: value.utf8)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Writes the empty line that ends an event.
  mutating func end() {
    bytes.append(UInt8(ascii: "\n"))
  }
}
