public import Glibc
import Synchronization

import class Foundation.Thread

/// A process that a test starts, what it prints, and how it ends. It dies with this object at the latest.
public final class ChildProcess: Sendable {
  /// How a process ended.
  public enum End: Sendable, Hashable {
    case exit(Int32)
    case signal(Int32)
  }

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

  /// The first line that holds a text; waits for it. Throws when the process ends without it, or after half a minute.
  @discardableResult
  public func line(containing text: String) async throws -> String {
    try await transcript.wait { $0.contains(text) ? $0 : nil }
  }

  /// How it ended; waits for the end. Throws after so many seconds.
  public func end(within seconds: Int = 30) async throws -> End {
    try await transcript.waitForEnd(within: seconds)
  }

  /// Whether it has not ended yet.
  public var isRunning: Bool { !transcript.hasEnded }

  /// Everything it printed so far.
  public var output: String { transcript.text }
}

extension ChildProcess {
  /// Between the making of a pipe and its mark as ours alone no other child may begin: it would keep the pipe open.
  private static let spawning = Mutex(())

  private static func spawn(
    _ arguments: [String], _ environment: [String: String]
  ) throws -> (id: pid_t, output: Int32) {
    try spawning.withLock { _ in
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { throw Trouble.system("pipe") }
      defer { close(ends[1]) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }

      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
      posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
      // A connection of another test, if the child kept it, would stay open when the test closes it.
      for descriptor in openDescriptors where descriptor > 2 && !ends.contains(descriptor) {
        posix_spawn_file_actions_addclose(&actions, descriptor)
      }

      var id: pid_t = 0
      let failure = withArguments(arguments) { arguments in
        withArguments(environment.map { "\($0.key)=\($0.value)" }) { environment in
          posix_spawn(&id, "/usr/bin/env", &actions, nil, arguments, environment)
        }
      }
      guard failure == 0 else {
        close(ends[0])
        throw Trouble.system("Cannot start \(arguments)", failure)
      }
      return (id, ends[0])
    }
  }
}

/// The file descriptors of this process; closing one that is not open any more does no harm to a child.
private var openDescriptors: [Int32] {
  guard let folder = opendir("/proc/self/fd") else { return [] }
  defer { closedir(folder) }
  var descriptors: [Int32] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
      name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if let descriptor = Int32(name) { descriptors.append(descriptor) }
  }
  return descriptors
}

private func withArguments<Value>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
) -> Value {
  let pointers = texts.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers + [nil])
}
