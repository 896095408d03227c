import Synchronization

/// Counts the bytes of a body that several tasks may hold.
final class ByteCount: Sendable {
  private let count = Mutex(0)

  /// Adds a number and returns the sum.
  func add(_ number: Int) -> Int {
    count.withLock { count in
      count += number
      return count
    }
  }
}
