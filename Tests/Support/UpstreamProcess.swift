import Foundation
public import JSON

/// The model server of the tests, a process of its own. What goes wrong is written into the messages: `[fault:500]`,
/// `[fault:slow]`, `[hold:NAME]`; see Tests/Upstream/Script.swift.
public struct UpstreamProcess: Sendable {
  /// A way to talk to a model.
  public enum Dialect: String, CaseIterable, Sendable, CustomStringConvertible {
    case openai, tgi, vllm

    public var description: String { rawValue }
  }

  public let process: ChildProcess
  public let port: Int
  private let dialect: Dialect

  public static func start(_ dialect: Dialect = .openai, port: Int = 0) async throws -> UpstreamProcess {
    let only = dialect == .openai ? [] : ["--only", dialect.rawValue]
    let process = try ChildProcess(
      Programs.path(of: "upstream"), ["--port", String(port)] + only,
      environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""])
    let line = try await process.line(containing: "listening on http://127.0.0.1:")
    guard let port = line.split(separator: ":").last.flatMap({ Int($0) }) else { throw Trouble("No port in '\(line)'") }
    return UpstreamProcess(process: process, port: port, dialect: dialect)
  }

  /// What makes Parley talk to it.
  public var settings: [String: String] { Self.settings(for: dialect, port: port) }

  /// What makes Parley talk to a model server at a port.
  public static func settings(for dialect: Dialect, port: Int) -> [String: String] {
    switch dialect {
    case .openai: ["AI_MODEL_ENDPOINT": "http://127.0.0.1:\(port)/v1/chat/completions", "AI_MODEL": "first,second"]
    case .tgi: ["AI_MODEL_ENDPOINT": "http://127.0.0.1:\(port)/generate"]
    case .vllm: ["AI_MODEL_ENDPOINT": "http://127.0.0.1:\(port)/generate", "AI_PROVIDER": "vllm"]
    }
  }

  /// Waits until so many requests that say `[hold:NAME]` or `[fault:slow]` (name `slow`) have come.
  public func waiting(_ name: String, count: Int = 1) async throws {
    _ = try await HTTPClient(port: port).get("/waiting/\(name)?count=\(count)")
  }

  /// Waits until so many clients have left while they waited for what `waiting` tells of.
  public func closed(_ name: String, count: Int = 1) async throws {
    _ = try await HTTPClient(port: port).get("/closed/\(name)?count=\(count)")
  }

  /// Lets the requests go on that say `[hold:NAME]`.
  public func release(_ name: String) async throws {
    _ = try await HTTPClient(port: port).send("POST", "/release/\(name)")
  }

  /// Every request that it charged for.
  public func ledger() async throws -> [JSONValue] {
    try await HTTPClient(port: port).get("/ledger").json.array ?? []
  }

  /// Every request that came, also those that are open and those that it charged nothing for.
  public func attempts() async throws -> [JSONValue] {
    try await HTTPClient(port: port).get("/attempts").json.array ?? []
  }

  /// Ends it.
  public func kill() async throws {
    process.send(SIGKILL)
    _ = try await process.end()
  }
}
