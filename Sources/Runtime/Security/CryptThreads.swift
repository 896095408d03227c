import CCrypt
import Dispatch
import Glibc
import Synchronization

/// Threads that run `crypt(3)`, which takes a quarter of a second by intent and must not hold up the cooperative pool.
final class CryptThreads: Sendable {
  private struct Job {
    var id: Int
    /// Ends with a NUL.
    var phrase: [UInt8]
    var setting: String
    var continuation: CheckedContinuation<Result<String, SecurityError>, Never>
  }

  private struct State {
    /// Jobs that no thread has taken yet, oldest first.
    var waiting: [Job] = []
    var nextID = 0
    var isShutDown = false
  }

  private let state = Mutex(State())
  /// Counts the waiting jobs; each thread sleeps on it.
  private let signal = DispatchSemaphore(value: 0)
  private let threads: Int
  private let queueLimit: Int

  init(threads: Int, queueLimit: Int) {
    self.threads = max(1, threads)
    self.queueLimit = queueLimit
    for _ in 0..<self.threads { start() }
  }

  /// `crypt(phrase, setting)`, when a thread is free.
  func crypt(_ phrase: [UInt8], setting: String) async throws(SecurityError) -> String {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        enqueue(Job(id: id, phrase: phrase, setting: setting, continuation: continuation))
        // A cancellation that came first found no job to remove.
        if Task.isCancelled { cancel(id) }
      }
    } onCancel: {
      cancel(id)
    }
    return try result.get()
  }

  /// Refuses what waits and what comes; a hash that is being made is finished. Each thread then ends.
  func shutdown() {
    let refused = state.withLock { state in
      state.isShutDown = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for job in refused { job.continuation.resume(returning: .failure(.shutDown)) }
    for _ in 0..<threads { signal.signal() }
  }

  private func enqueue(_ job: Job) {
    let refusal: SecurityError? = state.withLock { state in
      if state.isShutDown { return .shutDown }
      if state.waiting.count >= queueLimit { return .overloaded }
      state.waiting.append(job)
      return nil
    }
    if let refusal {
      job.continuation.resume(returning: .failure(refusal))
    } else {
      signal.signal()
    }
  }

  private func cancel(_ id: Int) {
    let job = state.withLock { state in
      state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
    }
    job?.continuation.resume(returning: .failure(.cancelled))
  }

  private func start() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let status = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<CryptThreads>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    if status == 0 { pthread_detach(thread) } else { context.release() }
  }

  /// The life of one thread.
  private func run() {
    // What crypt_ra works in (32 KiB), kept from one hash to the next.
    var scratch: UnsafeMutableRawPointer?
    var size: Int32 = 0
    defer { free(scratch) }
    while true {
      signal.wait()
      let (job, isShutDown) = state.withLock { state in
        (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isShutDown)
      }
      if let job {
        job.continuation.resume(returning: Self.crypt(job, &scratch, &size))
      } else if isShutDown {
        return
      }
    }
  }

  private static func crypt(
    _ job: Job, _ scratch: inout UnsafeMutableRawPointer?, _ size: inout Int32
  ) -> Result<String, SecurityError> {
    let output = job.phrase.withUnsafeBytes { phrase in
      crypt_ra(phrase.assumingMemoryBound(to: CChar.self).baseAddress, job.setting, &scratch, &size)
    }
    // libxcrypt answers a setting that it cannot use with NULL, or with a text that starts with an asterisk.
    guard let output, output.pointee != UInt8(ascii: "*") else { return .failure(SecurityError(.invalidHash)) }
    return .success(String(cString: output))
  }
}
