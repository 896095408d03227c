import HTTP
import HTTPTypes
import JSON
import Requests
import Synchronization

/// Answers every operation of `Goldens/Swift/requests/api.yaml` and keeps what it was given.
final class Recorder: RequestsAPI {
  private let inputs = Mutex<[any Sendable]>([])

  /// The input of the last call.
  func last<Input>(_ type: Input.Type = Input.self) -> Input? {
    inputs.withLock { $0.last as? Input }
  }

  private func keep(_ input: any Sendable) {
    inputs.withLock { $0.append(input) }
  }

  func readPath(_ input: ReadPath.Input) async throws -> ReadPath.Output {
    keep(input)
    return .noContent
  }

  func readQuery(_ input: ReadQuery.Input) async throws -> ReadQuery.Output {
    keep(input)
    return .noContent
  }

  func readRest(_ input: ReadRest.Input) async throws -> ReadRest.Output {
    keep(input)
    return .noContent
  }

  func readHead(_ input: ReadHead.Input) async throws -> ReadHead.Output {
    keep(input)
    return .noContent
  }

  // MARK: Sending

  /// Sends a request through the generated router.
  func send(
    _ target: String, method: HTTPRequest.Method = .get, headers: HTTPFields = [:],
    body: RequestBody = RequestBody([])
  ) async -> Reply {
    let router = Router(requests: self, authenticator: Nobody(), bodyLimit: 1000) { _, _ in .internalError }
    let head = HTTPRequest(method: method, scheme: "http", authority: "x", path: target, headerFields: headers)
    let response = await router.respond(to: Request(head: head, id: "1", body: body))
    guard case .bytes(let bytes) = response.body else { return Reply(status: response.status.code, text: "") }
    return Reply(status: response.status.code, text: String(decoding: bytes, as: UTF8.self))
  }
}

/// No operation asks for credentials.
struct Nobody: Authenticator {
  func authenticate(bearer: Substring) async throws -> Principal? { nil }
}

/// A response.
struct Reply {
  var status: Int
  var text: String

  /// `query /a/0 type`, one for each fault.
  var faults: [String] {
    let problem = try? JSONReader.read(JSONValue.self, from: Array(text.utf8))
    return (problem?["errors"]?.array ?? []).map { fault in
      ["in", "pointer", "code"].map { fault[$0]?.string ?? "" }.joined(separator: " ")
    }
  }
}
