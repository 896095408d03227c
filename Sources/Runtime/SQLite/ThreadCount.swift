import Synchronization

/// Threads that run; `close` waits for the last of them, which closes its connection before.
final class ThreadCount: Sendable {
  private struct State {
    var running: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  init(_ count: Int) {
    state = Mutex(State(running: count))
  }

  func threadEnded() {
    let waiting = state.withLock { state in
      state.running -= 1
      return state.running == 0 ? state.waiting : []
    }
    for continuation in waiting { continuation.resume() }
  }

  func waitForAll() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if state.running == 0 { return true }
        state.waiting.append(continuation)
        return false
      }
      if isOver { continuation.resume() }
    }
  }
}
