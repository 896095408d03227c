import Dispatch
import Glibc
import Synchronization

/// The lines that a process prints, and those who wait for one.
final class Transcript: Sendable {
  fileprivate struct Waiter {
    var found: @Sendable (String) -> String?
    var continuation: CheckedContinuation<String, any Error>
  }

  fileprivate struct State {
    var lines: [String] = []
    var end: ChildProcess.End?
    var waiters: [Int: Waiter] = [:]
    var endWaiters: [Int: CheckedContinuation<ChildProcess.End, any Error>] = [:]
    var nextID = 0
  }

  private let state = Mutex(State())

  var hasEnded: Bool { state.withLock { $0.end != nil } }

  var text: String { state.withLock { $0.lines.joined(separator: "\n") } }

  /// Reads to the end, then takes the process's status. Runs on a thread of its own.
  func record(_ output: Int32, of id: pid_t) {
    var rest: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(output, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      rest += buffer[..<count]
      while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
        add(String(decoding: rest[..<newline], as: UTF8.self))
        rest.removeSubrange(...newline)
      }
    }
    close(output)
    if !rest.isEmpty { add(String(decoding: rest, as: UTF8.self)) }
    finish(id)
  }

  func send(_ signal: Int32, to id: pid_t) {
    // The id is ours until `finish` has reaped it, under the same lock.
    state.withLock { state in
      if state.end == nil { kill(id, signal) }
    }
  }

  func wait(for found: @escaping @Sendable (String) -> String?) async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      let outcome: Result<String, any Error>? = state.withLock { state in
        for line in state.lines { if let result = found(line) { return .success(result) } }
        if state.end != nil { return .failure(Trouble("The process ended without it:\n\(state.text)")) }
        let id = state.newID()
        state.waiters[id] = Waiter(found: found, continuation: continuation)
        giveUp(id, after: ChildProcess.patience)
        return nil
      }
      if let outcome { continuation.resume(with: outcome) }
    }
  }

  func waitForEnd(within seconds: Int) async throws -> ChildProcess.End {
    try await withCheckedThrowingContinuation { continuation in
      let end = state.withLock { state in
        if let end = state.end { return ChildProcess.End?.some(end) }
        let id = state.newID()
        state.endWaiters[id] = continuation
        giveUp(id, after: seconds)
        return nil
      }
      if let end { continuation.resume(returning: end) }
    }
  }

  private func add(_ line: String) {
    let found = state.withLock { state in
      state.lines.append(line)
      var found: [(CheckedContinuation<String, any Error>, String)] = []
      for (id, waiter) in state.waiters {
        guard let result = waiter.found(line) else { continue }
        state.waiters[id] = nil
        found.append((waiter.continuation, result))
      }
      return found
    }
    for (continuation, result) in found { continuation.resume(returning: result) }
  }

  private func finish(_ id: pid_t) {
    // Waits without reaping first: `send` must not wait for the end of the process.
    var information = siginfo_t()
    while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
    let (end, text, waiters, endWaiters) = state.withLock { state in
      var status: Int32 = 0
      waitpid(id, &status, 0)
      let end: ChildProcess.End = status & 0x7f == 0 ? .exit(status >> 8 & 0xff) : .signal(status & 0x7f)
      state.end = end
      defer { (state.waiters, state.endWaiters) = ([:], [:]) }
      return (end, state.text, state.waiters, state.endWaiters)
    }
    for waiter in waiters.values {
      waiter.continuation.resume(throwing: Trouble("The process ended without it (\(end)):\n\(text)"))
    }
    for waiter in endWaiters.values { waiter.resume(returning: end) }
  }

  private func giveUp(_ id: Int, after seconds: Int) {
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) { [weak self] in
      self?.giveUp(id, "Waited for \(seconds) seconds")
    }
  }

  private func giveUp(_ id: Int, _ reason: String) {
    let (waiter, endWaiter, text) = state.withLock { state in
      (state.waiters.removeValue(forKey: id), state.endWaiters.removeValue(forKey: id), state.text)
    }
    let trouble = Trouble("\(reason); the process said:\n\(text)")
    waiter?.continuation.resume(throwing: trouble)
    endWaiter?.resume(throwing: trouble)
  }
}

extension Transcript.State {
  fileprivate var text: String { lines.joined(separator: "\n") }

  fileprivate mutating func newID() -> Int {
    nextID += 1
    return nextID
  }
}
