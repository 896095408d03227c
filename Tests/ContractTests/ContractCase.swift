import JSON
import TestSupport

/// A case that SpecGen wrote: a request and what must come of it.
struct ContractCase: Sendable {
  enum Expectation: Hashable {
    /// A declared success.
    case success
    /// Not refused as a request: the server's state may still forbid it.
    case valid
    /// A problem with this status.
    case problem(status: Int)
    /// 422 with this fault among the others.
    case fault(location: String, pointer: String, code: String)
  }

  enum Credentials: Hashable {
    case none, valid, tampered
    case text(String)
  }

  let value: JSONValue
  let name: String
  let operation: String
  let method: String
  let path: String
  let credentials: Credentials
  let expectation: Expectation

  static var all: [ContractCase] {
    get throws {
      let list = try JSONReader.read(JSONValue.self, from: Array(ContractCases.json.utf8))
      return try (list.array ?? []).map(ContractCase.init)
    }
  }

  private init(_ value: JSONValue) throws {
    guard let name = value["name"]?.string, let operation = value["operation"]?.string,
      let method = value["method"]?.string, let path = value["path"]?.string
    else { throw Trouble("A contract case without a name, operation, method or path: \(value)") }
    self.value = value
    self.name = name
    self.operation = operation
    self.method = method
    self.path = path
    if let text = value["authorization"]?.string {
      credentials = .text(text)
    } else {
      switch value["credentials"]?.string {
      case "valid": credentials = .valid
      case "tampered": credentials = .tampered
      default: credentials = .none
      }
    }
    expectation = try Self.expectation(value)
  }

  private static func expectation(_ value: JSONValue) throws -> Expectation {
    switch (value["expect"]?.string, value["status"]?.integer, value["fault"]) {
    case ("success", _, _): return .success
    case ("valid", _, _): return .valid
    case (_, 422, let fault?):
      guard let location = fault["in"]?.string, let pointer = fault["pointer"]?.string,
        let code = fault["code"]?.string
      else { throw Trouble("A contract case with half a fault: \(value)") }
      return .fault(location: location, pointer: pointer, code: code)
    case (_, let status?, nil): return .problem(status: Int(status))
    default: throw Trouble("A contract case that expects nothing: \(value)")
    }
  }
}
