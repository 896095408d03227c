import HTTP
import HTTPTypes
import JSON
import Requests
import Synchronization

/// Answers every operation of `Goldens/Swift/requests/api.yaml` and keeps what it was given.
final class Recorder: RequestsAPI {
  private let inputs = Mutex<[any Sendable]>([])

  /// What was kept last of a type.
  func last<Input>(_ type: Input.Type = Input.self) -> Input? {
    inputs.withLock { inputs in inputs.last { $0 is Input } as? Input }
  }

  /// All that was kept of a type, in order.
  func all<Value>(_ type: Value.Type) -> [Value] {
    inputs.withLock { $0.compactMap { $0 as? Value } }
  }

  private func keep(_ input: any Sendable) {
    inputs.withLock { $0.append(input) }
  }

  private func keep<Output>(_ input: any Sendable, answering output: Output) -> Output {
    keep(input)
    return output
  }

  func readPath(_ input: ReadPath.Input) async throws -> ReadPath.Output { keep(input, answering: .noContent) }
  func readFile(_ input: ReadFile.Input) async throws -> ReadFile.Output { keep(input, answering: .noContent) }
  func readName(_ input: ReadName.Input) async throws -> ReadName.Output { keep(input, answering: .noContent) }
  func search(_ input: Search.Input) async throws -> Search.Output { keep(input, answering: .noContent) }
  func traceSearch(_ input: TraceSearch.Input) async throws -> TraceSearch.Output { keep(input, answering: .noContent) }
  func readQuery(_ input: ReadQuery.Input) async throws -> ReadQuery.Output { keep(input, answering: .noContent) }
  func readRest(_ input: ReadRest.Input) async throws -> ReadRest.Output { keep(input, answering: .noContent) }
  func readHead(_ input: ReadHead.Input) async throws -> ReadHead.Output { keep(input, answering: .noContent) }

  func sendBody(_ input: SendBody.Input) async throws -> SendBody.Output {
    keep(input)
    switch input.body {
    case .image(let body), .any(let body): keep(try await Received(body))
    default: break
    }
    return .noContent
  }

  func sendNull(_ input: SendNull.Input) async throws -> SendNull.Output {
    .ok(input.body)
  }

  func sendNullOrNothing(_ input: SendNullOrNothing.Input) async throws -> SendNullOrNothing.Output {
    keep(input, answering: .noContent)
  }

  func sendNullOrText(_ input: SendNullOrText.Input) async throws -> SendNullOrText.Output {
    keep(input)
    return .ok(JSONLines { try await $0.send(1, nil) })
  }

  func sendForm(_ input: SendForm.Input) async throws -> SendForm.Output { keep(input, answering: .noContent) }
  func sendWords(_ input: SendWords.Input) async throws -> SendWords.Output { keep(input, answering: .noContent) }

  func upload(_ input: Upload.Input) async throws -> Upload.Output {
    keep(input)
    for try await file in input.body.files {
      guard file.filename != "skipped" else { continue }
      var received = try await Received(file.body)
      received.name = file.name
      received.filename = file.filename
      keep(received)
    }
    return .noContent
  }

  func sendBytes(_ input: SendBytes.Input) async throws -> SendBytes.Output {
    keep(try await Received(input.body))
    return .noContent
  }

  func sendNote(_ input: SendNote.Input) async throws -> SendNote.Output { keep(input, answering: .noContent) }

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

/// Bytes that a handler read piece by piece.
struct Received {
  var contentType: String?
  var text = ""
  var pieces = 0
  var name: Upload.Multipart.FormFile?
  var filename: String?

  init(_ body: RequestBody) async throws {
    contentType = body.contentType
    var bytes: [UInt8] = []
    for try await piece in body {
      bytes += piece
      pieces += 1
    }
    text = String(decoding: bytes, as: UTF8.self)
  }
}

extension RequestBody {
  /// A body that arrives in pieces of some length, and may break off.
  static func pieces(_ text: String, of length: Int, isWhole: Bool = true) -> RequestBody {
    let rest = Mutex(Array(text.utf8)[...])
    return RequestBody(
      collect: { limit in
        try rest.withLock { rest in
          guard rest.count <= limit else { throw BodyError.tooLarge(limit: limit) }
          guard isWhole else { throw BodyError.interrupted }
          return Array(rest)
        }
      },
      next: {
        try rest.withLock { rest in
          guard isWhole || !rest.isEmpty else { throw BodyError.interrupted }
          defer { rest = rest.dropFirst(length) }
          return rest.isEmpty ? nil : Array(rest.prefix(length))
        }
      })
  }
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
