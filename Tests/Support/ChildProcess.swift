import Foundation
public import Glibc

/// A process that a test starts, what it prints, and how it ends. It dies with this object at the latest.
public final class ChildProcess: Sendable {
  /// How a process ended.
  public enum End: Sendable, Hashable {
    case exit(Int32)
    case signal(Int32)
  }

  /// In seconds. No test is about it: it ends the wait for what never comes, and is long for the slowest machine.
  public static let patience = 120

  public let id: pid_t
  private let transcript = Transcript()

  /// Starts a program. Standard output and standard error are one transcript; standard input is empty.
  ///
  /// - Parameters:
  ///   - program: a path, or a name in PATH.
  ///   - environment: the whole environment.
  ///   - folder: where it runs.
  public init(
    _ program: String, _ arguments: [String] = [], environment: [String: String], folder: String = "/tmp"
  ) throws {
    // env changes the folder and then becomes the program, under the same id.
    let (id, output) = try Self.spawn(["env", "--chdir=\(folder)", program] + arguments, environment)
    self.id = id
    Thread.detachNewThread { [transcript] in transcript.record(output, of: id) }
  }

  deinit { transcript.send(SIGKILL, to: id) }

  /// Sends a signal, if it still runs.
  public func send(_ signal: Int32) {
    transcript.send(signal, to: id)
  }

  /// The first line that holds a text; waits for it. Throws when the process ends without it, or when patience ends.
  @discardableResult
  public func line(containing text: String) async throws -> String {
    try await transcript.wait { $0.contains(text) ? $0 : nil }
  }

  /// How it ended; waits for the end. Throws after so many seconds.
  public func end(within seconds: Int = patience) async throws -> End {
    try await transcript.waitForEnd(within: seconds)
  }

  /// How long it has worked, on all processors, in ticks of which a second has a hundred (proc(5), utime and stime).
  public func processorTicks() throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
    // The name of the program, which comes second, may hold spaces; it ends with the last parenthesis.
    let fields = status[(status.lastIndex(of: ")") ?? status.startIndex)...].split(separator: " ")
    guard fields.count > 13, let user = Int(fields[12]), let system = Int(fields[13]) else {
      throw Trouble("What /proc says is not understood: \(status)")
    }
    return user + system
  }

  /// Whether it has not ended yet.
  public var isRunning: Bool { !transcript.hasEnded }

  /// Everything it printed so far.
  public var output: String { transcript.text }
}
