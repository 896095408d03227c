import Glibc
import Synchronization

/// One thread that waits for file descriptors, timers and jobs, and runs what belongs to them: for C libraries that
/// bring their own non-blocking sockets (libpq, libcurl).
///
/// It is a serial executor, so an actor that names it as its `unownedExecutor` is confined to the loop's thread, and
/// handlers enter that actor through `assumeIsolated`: no locks, and the compiler checks it.
///
/// A turn of the loop is: handlers of the ready descriptors, timers that are due, jobs, then what `afterTurn` was given.
/// Whatever runs on the loop delays everything else on it, so it must not block.
public final class EventLoop: SerialExecutor {
  private let core: LoopCore

  /// Starts the thread.
  ///
  /// - Parameter name: shown by debuggers and `top -H`; Linux keeps the first 15 bytes.
  public init(name: String) {
    core = LoopCore(name: name)
    core.start()
  }

  deinit {
    core.stop()
  }

  /// Runs a job on the loop, after the jobs given before it. From any thread. Nothing happens after `shutdown`.
  public func execute(_ job: @escaping @Sendable () -> Void) {
    core.execute(job)
  }

  /// Whether the caller runs on the loop's thread.
  public var isCurrent: Bool { core.isCurrent }

  /// Runs a job once, when the time has passed. From any thread.
  @discardableResult
  public func schedule(after delay: Duration, _ job: @escaping @Sendable () -> Void) -> Timer {
    core.schedule(after: delay, job)
  }

  /// Ends the loop after its current turn: jobs that wait are run first, timers that wait are dropped, descriptors stay
  /// open (they belong to who registered them). From any thread; the thread is not waited for.
  public func shutdown() {
    core.stop()
  }

  // MARK: On the loop only

  /// Watches a descriptor, which must not be registered yet. The handler is called on the loop for as long as the
  /// descriptor is ready (level-triggered). On the loop only.
  ///
  /// A descriptor must be deregistered before it is closed.
  public func register(
    _ descriptor: Int32, for interest: Interest, _ handler: @escaping @Sendable (Interest) -> Void
  ) {
    core.assertCurrent()
    core.register(descriptor, interest, handler)
  }

  /// Changes what a registered descriptor is watched for. On the loop only.
  public func modify(_ descriptor: Int32, for interest: Interest) {
    core.assertCurrent()
    core.modify(descriptor, interest)
  }

  /// Stops watching a descriptor; unknown ones are ignored. Its handler is not called any more, not even for what the
  /// kernel reported already. On the loop only.
  public func deregister(_ descriptor: Int32) {
    core.assertCurrent()
    core.deregister(descriptor)
  }

  /// Runs a job at the end of the current turn: the place to flush once what many handlers wrote. On the loop only.
  public func afterTurn(_ job: @escaping @Sendable () -> Void) {
    core.assertCurrent()
    core.turnJobs.append(job)
  }

  // MARK: SerialExecutor

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedSerialExecutor()
    core.execute { job.runSynchronously(on: executor) }
  }

  public func checkIsolated() {
    core.assertCurrent()
  }
}
