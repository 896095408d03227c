import HTTP
import HTTPTypes
import Synchronization

extension Response {
  /// The same response; `end` is called once when its body is done, with the bytes of the body that were handed on
  /// and whether it was cut off. A response without a stream is done at once.
  ///
  /// A `HEAD` response sends no body, so its stream is never run.
  func observed(for request: Request, _ end: @escaping @Sendable (_ bytes: Int, _ cutOff: Bool) -> Void) -> Response {
    switch body {
    case .empty:
      end(0, false)
      return self
    case .bytes(let bytes):
      end(request.head.method == .head ? 0 : bytes.count, false)
      return self
    case .stream(let produce):
      guard request.head.method != .head else {
        end(0, false)
        return self
      }
      var response = self
      response.body = .stream { writer in
        let counter = CountingWriter(writer)
        do {
          try await produce(counter)
          end(counter.count, false)
        } catch {
          end(counter.count, true)
          throw error
        }
      }
      return response
    }
  }
}

private final class CountingWriter: BodyWriter {
  private let writer: any BodyWriter
  private let total = Atomic(0)

  init(_ writer: any BodyWriter) {
    self.writer = writer
  }

  var count: Int { total.load(ordering: .relaxed) }

  func write(_ bytes: [UInt8]) async throws {
    try await writer.write(bytes)
    total.add(bytes.count, ordering: .relaxed)
  }
}
