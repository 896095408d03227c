import Glibc

/// Runs what blocks on a thread of its own: rare calls into C that neither the loop nor the cooperative pool may wait
/// for.
func startThread(_ body: @escaping @Sendable () -> Void) {
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
  if result == 0 {
    pthread_detach(id)
  } else {
    // Without threads left, late is better than never.
    start.takeRetainedValue().body()
  }
}
