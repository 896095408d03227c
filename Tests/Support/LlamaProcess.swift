import Foundation

/// llama.cpp's server with a random model, a process of its own; see Tests/Llama. It counts by itself what it read and
/// generated.
public struct LlamaProcess: Sendable {
  public let process: ChildProcess
  public let port: Int

  public static func start() async throws -> LlamaProcess {
    let process = try ChildProcess(
      Programs.checkout + "/Tests/Llama/run", environment: ProcessInfo.processInfo.environment)
    let line = try await process.line(containing: "llama.cpp listening on http://127.0.0.1:")
    guard let port = line.split(separator: ":").last.flatMap({ Int($0) }) else { throw Trouble("No port in '\(line)'") }
    return LlamaProcess(process: process, port: port)
  }

  /// Waits until it has ended a request whose client left.
  public func cancelled() async throws {
    try await process.line(containing: "cancel task")
    try await process.line(containing: "stop processing")
  }

  /// A number of its metrics, such as `prompt_tokens_total`, `tokens_predicted_total` or `requests_processing`.
  public func count(_ name: String) async throws -> Int {
    let metrics = try await HTTPClient(port: port).get("/metrics").text
    let line = metrics.split(separator: "\n").first { $0.hasPrefix("llamacpp:\(name) ") }
    guard let value = line?.split(separator: " ").last.flatMap({ Double($0) }) else { throw Trouble("No \(name)") }
    return Int(value)
  }
}
