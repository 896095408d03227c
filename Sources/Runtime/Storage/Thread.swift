import Glibc

/// Runs what blocks on a thread of its own: the cooperative pool has none to spare.
///
/// - Throws: `unavailable` when no thread is left; nothing runs then.
package func startThread(_ body: @escaping @Sendable () -> Void) throws(StorageError) {
  final class Start: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var id = pthread_t()
  let start = Unmanaged.passRetained(Start(body))
  let result = pthread_create(
    &id, nil,
    { argument in
      guard let argument else { return nil }
      Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
      return nil
    }, start.toOpaque())
  guard result == 0 else {
    start.release()
    throw StorageError(.unavailable, "The process has no thread left for the database.")
  }
  pthread_detach(id)
}

/// The time since some moment in the past, which no change of the clock moves.
package func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
