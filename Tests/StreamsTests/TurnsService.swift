import FoundationEssentials
import HTTP
import HTTPTypes
import JSON
import Streams
import Values

/// Answers the operations of `Goldens/Swift/streams/api.yaml` with what a test gives.
struct TurnsService: TurnsAPI {
  var turn: @Sendable (GetTurn.Input) async throws -> GetTurn.Output = { _ in throw Problem.notFound }
  var ticks: @Sendable (WatchTicks.Input) async throws -> WatchTicks.Output = { _ in throw Problem.notFound }

  func getTurn(_ input: GetTurn.Input) async throws -> GetTurn.Output { try await turn(input) }
  func watchTicks(_ input: WatchTicks.Input) async throws -> WatchTicks.Output { try await ticks(input) }
}

extension TurnsService {
  /// The answer to a request, and its body.
  func answer(
    _ path: String, method: HTTPRequest.Method = .get, accept: String? = nil
  ) async throws -> (response: Response, text: String) {
    let router = Router(turns: self, authenticator: Nobody(), bodyLimit: 1000) { _, _ in .internalError }
    var head = HTTPRequest(method: method, scheme: "http", authority: "x", path: path)
    head.headerFields[.accept] = accept
    let response = await router.respond(to: Request(head: head, id: "1"))
    switch response.body {
    case .empty: return (response, "")
    case .bytes(let bytes): return (response, String(decoding: bytes, as: UTF8.self))
    case .stream(let produce):
      let writer = Written()
      if method != .head { try await produce(writer) }
      return (response, String(decoding: await writer.bytes, as: UTF8.self))
    }
  }
}

private struct Nobody: Authenticator {
  func authenticate(bearer token: Substring) async throws -> Principal? { nil }
}

/// Keeps what a stream writes.
actor Written: BodyWriter {
  private(set) var bytes: [UInt8] = []
  private(set) var writes = 0

  func write(_ piece: [UInt8]) async throws {
    bytes += piece
    writes += 1
  }
}
