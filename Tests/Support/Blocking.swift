import Foundation

/// Runs blocking work on a thread of its own, so that the cooperative pool never waits for a socket.
func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
  }
}

/// Why a test cannot go on.
public struct Trouble: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) {
    self.description = description
  }

  /// A failed system call.
  static func system(_ call: String, _ code: Int32 = errno) -> Trouble {
    Trouble("\(call): \(String(cString: strerror(code)))")
  }
}
