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

/// The same for the other tag.
struct FilesService: FilesAPI {
  var logs: @Sendable (GetLogs.Input) async throws -> GetLogs.Output = { _ in throw Problem.notFound }
  var file: @Sendable (GetFile.Input) async throws -> GetFile.Output = { _ in throw Problem.notFound }
  var put: @Sendable (PutFile.Input) async throws -> PutFile.Output = { _ in throw Problem.notFound }
  var image: @Sendable (GetImage.Input) async throws -> GetImage.Output = { _ in throw Problem.notFound }
  var fields: @Sendable (GetFields.Input) async throws -> GetFields.Output = { _ in throw Problem.notFound }

  func getLogs(_ input: GetLogs.Input) async throws -> GetLogs.Output { try await logs(input) }
  func getFile(_ input: GetFile.Input) async throws -> GetFile.Output { try await file(input) }
  func putFile(_ input: PutFile.Input) async throws -> PutFile.Output { try await put(input) }
  func getImage(_ input: GetImage.Input) async throws -> GetImage.Output { try await image(input) }
  func getFields(_ input: GetFields.Input) async throws -> GetFields.Output { try await fields(input) }
  func getAnything(_ input: GetAnything.Input) async throws -> GetAnything.Output { .ok(["a": nil]) }
  func doSomething(_ input: DoSomething.Input) async throws -> DoSomething.Output { .noContent }
}

extension TurnsService {
  func answer(
    _ path: String, method: HTTPRequest.Method = .get, accept: String? = nil
  ) async throws -> (response: Response, text: String) {
    try await Services(turns: self).answer(path, method: method, accept: accept)
  }
}

extension FilesService {
  func answer(
    _ path: String, method: HTTPRequest.Method = .get, accept: String? = nil
  ) async throws -> (response: Response, text: String) {
    try await Services(files: self).answer(path, method: method, accept: accept)
  }
}

private struct Services {
  var turns = TurnsService()
  var files = FilesService()

  /// The answer to a request, and its body.
  func answer(
    _ path: String, method: HTTPRequest.Method, accept: String?
  ) async throws -> (response: Response, text: String) {
    let router = Router(turns: turns, files: files, authenticator: Nobody(), bodyLimit: 1000) { error, _ in
      Problem(status: 500, code: "internal-error", title: "", detail: "\(error)")
    }
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

  func write(_ piece: [UInt8]) async throws {
    bytes += piece
  }
}
