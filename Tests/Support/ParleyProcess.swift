import Foundation

/// A running `parley serve`.
public struct ParleyProcess: Sendable {
  public let process: ChildProcess
  public let port: Int

  /// Starts a server on a port that is free, and waits until it serves.
  ///
  /// - Parameters:
  ///   - settings: environment variables besides PATH; a `.env` in the folder is read as well.
  ///   - folder: where it runs.
  public static func start(
    _ settings: [String: String], arguments: [String] = [], in folder: TemporaryFolder
  ) async throws -> ParleyProcess {
    let process = try launch(settings, arguments: arguments, in: folder)
    let address = "parley is serving on http://localhost:"
    let line = try await process.line(containing: address)
    // What follows the address names the database, which has a port of its own.
    guard let rest = line.firstRange(of: address)?.upperBound, let port = Int(line[rest...].prefix(while: \.isNumber))
    else {
      throw Trouble("No port in '\(line)'")
    }
    return ParleyProcess(process: process, port: port)
  }

  /// Starts a server and waits for nothing: for starts that are to be refused.
  public static func launch(
    _ settings: [String: String], arguments: [String] = [], in folder: TemporaryFolder
  ) throws -> ChildProcess {
    var environment = settings
    environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
    return try ChildProcess(
      Programs.path(of: "parley"), ["serve", "--port", "0"] + arguments, environment: environment, folder: folder.path)
  }

  public var client: HTTPClient { HTTPClient(port: port) }

  /// Ends it as an operator does: SIGTERM; returns how it ended.
  @discardableResult
  public func stop() async throws -> ChildProcess.End {
    process.send(SIGTERM)
    return try await process.end()
  }

  /// Ends it as a power cut does.
  public func kill() async throws {
    process.send(SIGKILL)
    _ = try await process.end()
  }
}
