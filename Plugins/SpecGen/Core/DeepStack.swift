import Glibc

/// A thread with a stack for the deepest document.
///
/// Schemas are read by functions that call themselves, up to `YAMLParser.maximumDepth` levels deep. A debug build takes
/// about 100 kB for a level, more in all than the 8 MB that threads have by default.
enum DeepStack {
  private static let bytes = 256 << 20

  /// Runs a function on such a thread and waits for it.
  static func run<Result>(_ body: () -> Result) -> Result {
    start(body, meanwhile: {}).0
  }

  /// Runs a function on such a thread and another one here at the same time, and waits for both.
  static func both<Deep, Here>(_ deep: @Sendable () -> Deep, _ here: @Sendable () -> Here) -> (Deep, Here) {
    start(deep, meanwhile: here)
  }

  private static func start<Deep, Here>(_ body: () -> Deep, meanwhile: () -> Here) -> (Deep, Here) {
    var result: Deep?
    var other: Here?
    let store = { result = body() }
    withoutActuallyEscaping(store) { body in
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      defer { pthread_attr_destroy(&attributes) }
      pthread_attr_setstacksize(&attributes, bytes)
      let job = Unmanaged.passRetained(Job(body))
      var thread = pthread_t()
      let status = pthread_create(&thread, &attributes, entry, job.toOpaque())
      other = meanwhile()
      if status == 0 { pthread_join(thread, nil) } else { job.release() }
    }
    // Without such a thread there is the one that is here.
    return (result ?? body(), other ?? meanwhile())
  }

  private static let entry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
    guard let context else { return nil }
    Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body()
    return nil
  }

  /// What the thread is given.
  private final class Job {
    let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }
  }
}
