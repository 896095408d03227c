import EventLoop
import Synchronization

/// An HTTP client for model servers: HTTP/1.1 and HTTP/2, TLS and proxies as libcurl does them, on one thread of its
/// own. Connections are kept and used again.
final class CurlClient: Sendable {
  private let multi: CurlMulti
  private let numbers = Atomic<Int>(0)

  init() {
    multi = CurlMulti(loop: EventLoop(name: "ai-client"))
  }

  deinit {
    let multi = multi
    multi.loop.execute {
      multi.assumeIsolated { $0.close() }
      multi.loop.shutdown()
    }
  }

  /// Sends a request at once. The response waits in memory, up to its limit, until it is read.
  func send(_ call: HTTPCall) -> HTTPExchange {
    let number = numbers.add(1, ordering: .relaxed).newValue
    let (stream, continuation) = AsyncStream<Result<HTTPEvent, AIError>>.makeStream()
    let multi = multi
    continuation.onTermination = { reason in
      guard case .cancelled = reason else { return }
      multi.loop.execute {
        multi.assumeIsolated { $0.cancel(number) }
      }
    }
    multi.loop.execute {
      multi.assumeIsolated { $0.start(call, number: number, continuation: continuation) }
    }
    return HTTPExchange(stream) {
      multi.loop.execute {
        multi.assumeIsolated { $0.letGo(number) }
      }
    }
  }
}
