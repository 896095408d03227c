/// One thing wrong with a request: where, what kind, and what to do about it.
public struct Fault: Sendable, Hashable {
  /// The part of a request.
  public enum Location: String, Sendable, Hashable, CaseIterable {
    case body, query, path, header, cookie
  }

  /// The part of the request.
  public var location: Location
  /// A JSON Pointer (RFC 6901) into the body, or `/` and the parameter's name, with the place in its value behind it.
  public var pointer: String
  /// The constraint in kebab-case, such as `min-length`; stable.
  public var code: String
  /// One sentence for people.
  public var detail: String

  public init(location: Location, pointer: String, code: String, detail: String) {
    self.location = location
    self.pointer = pointer
    self.code = code
    self.detail = detail
  }
}

extension Fault: JSONEncodable {
  public func encode(to json: inout JSONWriter) {
    json.beginObject()
    json.member("in", location.rawValue)
    json.member("pointer", pointer)
    json.member("code", code)
    json.member("detail", detail)
    json.endObject()
  }
}

/// The faults of one request, up to a limit that keeps the answer to a hostile one small.
public struct FaultList: Sendable {
  /// In the order found.
  public private(set) var faults: [Fault] = []

  /// Faults after this many are not kept.
  public static let limit = 100

  public init() {}

  /// Whether nothing is wrong.
  public var isEmpty: Bool { faults.isEmpty }

  /// Whether no further fault is kept.
  public var isFull: Bool { faults.count >= FaultList.limit }

  /// Adds a fault.
  public mutating func append(_ fault: Fault) {
    if !isFull { faults.append(fault) }
  }

  /// Adds faults.
  public mutating func append(contentsOf others: [Fault]) {
    for fault in others { append(fault) }
  }
}
