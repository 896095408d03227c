import Foundation
import TestSupport

/// The tests' own model server, a process that ends with the last copy of this value.
struct ModelServer: Sendable {
  let address: String
  private let process: ChildProcess

  static func start(_ arguments: String...) async throws -> ModelServer {
    let process = try ChildProcess(
      Programs.path(of: "upstream"), arguments, environment: ProcessInfo.processInfo.environment)
    let line = try await process.line(containing: "listening on http://")
    return ModelServer(address: line.split(separator: " ").last.map(String.init) ?? "", process: process)
  }
}
