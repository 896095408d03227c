import Glibc

/// A queue that threads sleep on.
///
/// `@unchecked Sendable`: `elements` and `isClosed` are touched with `mutex` held, which lives at a fixed address for as
/// long as the mailbox. (`Synchronization` has no condition variable.)
final class Mailbox<Element: Sendable>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var elements: [Element] = []
  private var isClosed = false

  init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// False when the mailbox is closed.
  func append(_ element: Element) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    if isClosed { return false }
    elements.append(element)
    if elements.count == 1 { pthread_cond_signal(condition) }
    return true
  }

  /// What is in it is still taken; nothing is added.
  func close() {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    isClosed = true
    pthread_cond_broadcast(condition)
  }

  /// Waits until there is something and takes it all; empty when the mailbox is closed or the time is over.
  ///
  /// - Parameter seconds: forever when nil.
  func takeAll(waitingAtMost seconds: Int? = nil) -> [Element] {
    var deadline = timespec()
    if let seconds {
      clock_gettime(CLOCK_MONOTONIC, &deadline)
      deadline.tv_sec += seconds
    }
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while elements.isEmpty && !isClosed {
      if seconds == nil {
        pthread_cond_wait(condition, mutex)
      } else if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT {
        break
      }
    }
    let taken = elements
    elements = []
    return taken
  }

  /// Waits until there is something and takes the first of it; nil when the mailbox is closed and empty.
  func takeFirst() -> Element? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while elements.isEmpty && !isClosed { pthread_cond_wait(condition, mutex) }
    guard !elements.isEmpty else { return nil }
    let first = elements.removeFirst()
    // `append` wakes one thread for the first element only.
    if !elements.isEmpty { pthread_cond_signal(condition) }
    return first
  }
}
