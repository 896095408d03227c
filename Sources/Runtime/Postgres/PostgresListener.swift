import EventLoop
import Storage

/// A connection of its own that listens on a channel (PostgreSQL, LISTEN), and connects again when it is lost.
///
/// An actor on the event loop's thread, as the pool is.
actor PostgresListener {
  private enum Phase {
    case closed
    case connecting(PostgresHandle)
    case subscribing(PostgresHandle)
    case listening(PostgresHandle)
    case stopped
  }

  private static let roomInterval = Duration.milliseconds(100)

  private nonisolated let loop: EventLoop
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
  private let url: PostgresURL
  private let limits: PostgresPool.Limits
  private let channel: String
  private(set) var output: NotificationOutput

  private var phase = Phase.closed
  private var descriptor: Int32 = -1
  private var isDirect = false
  private var failures = 0
  /// Whether somebody is to be told of a gap, and took too little yet.
  private var awaitsRoom = false
  private var timeLimit: Timer?
  private var opening: CheckedContinuation<StorageError?, Never>?

  init(
    _ url: PostgresURL, limits: PostgresPool.Limits, loop: EventLoop, channel: String, output: NotificationOutput
  ) {
    self.url = url
    self.limits = limits
    self.loop = loop
    self.channel = channel
    self.output = output
  }

  /// Connects and listens; what is notified after this returned is not missed.
  func start() async throws(StorageError) {
    let error = await withCheckedContinuation { continuation in
      opening = continuation
      connect()
    }
    if let error {
      close()
      throw error
    }
  }

  nonisolated func stop() {
    loop.execute { self.assumeIsolated { $0.close() } }
  }

  // MARK: The connection

  private func connect() {
    guard case .closed = phase else { return }
    url.resolve { [self] result in
      loop.execute { self.assumeIsolated { $0.connect(result) } }
    }
  }

  private func connect(_ result: Result<ResolvedHosts, StorageError>) {
    guard case .closed = phase else { return }
    switch result {
    case .failure(let error): lose(error)
    case .success(let hosts):
      guard let handle = PostgresHandle(hosts.parameters) else { return lose(.closed) }
      guard !handle.isLost else { return lose(handle.error) }
      phase = .connecting(handle)
      watch(handle, for: .writable)
      timeLimit = loop.schedule(after: limits.connect * hosts.count) {
        self.assumeIsolated { $0.lose(.silent) }
      }
    }
  }

  /// libpq may change its socket while it connects.
  private func watch(_ handle: PostgresHandle, for interest: Interest) {
    if descriptor >= 0 { loop.deregister(descriptor) }
    descriptor = handle.descriptor
    guard descriptor >= 0 else { return }
    loop.register(descriptor, for: interest) { [self] interest in
      assumeIsolated { $0.handle(interest) }
    }
  }

  private func handle(_ interest: Interest) {
    switch phase {
    case .closed, .stopped: break
    case .connecting(let handle):
      switch handle.proceed() {
      case .reading: watch(handle, for: .readable)
      case .writing: watch(handle, for: .writable)
      case .failed(let error): lose(error)
      case .connected:
        watch(handle, for: .readable)
        phase = .subscribing(handle)
        guard handle.sendScript(subscription(serverProcess: handle.serverProcess)) else { return lose(handle.error) }
        flush(handle)
      }
    case .subscribing(let handle):
      flush(handle)
      if interest.contains(.readable) { receiveSubscription(from: handle) }
    case .listening(let handle):
      guard handle.consume() else { return lose(handle.error) }
      receiveNotifications(from: handle)
      if handle.isLost { lose(handle.error) }
    }
  }

  /// A pooler that gives each transaction another server process would leave that process listening for nobody.
  private func subscription(serverProcess: Int32) -> String {
    """
    DO $$ BEGIN IF pg_backend_pid() = \(serverProcess) THEN LISTEN "\(channel)"; END IF; END $$;
    SELECT pg_backend_pid() = \(serverProcess)
    """
  }

  private func flush(_ handle: PostgresHandle) {
    guard let isFlushed = handle.flush() else { return lose(handle.error) }
    loop.modify(descriptor, for: isFlushed ? .readable : [.readable, .writable])
  }

  private func receiveSubscription(from handle: PostgresHandle) {
    guard handle.consume() else { return lose(handle.error) }
    while !handle.isBusy {
      if let result = handle.nextResult() {
        guard case .success = result.kind else { return lose(StorageError(result)) }
        if let text = result.firstText { isDirect = text == "t" }
        continue
      }
      guard isDirect else { return lose(.needsDirectConnection) }
      phase = .listening(handle)
      timeLimit?.cancel()
      failures = 0
      answerOpening(nil)
      output.tellGap()
      return receiveNotifications(from: handle)
    }
  }

  private func receiveNotifications(from handle: PostgresHandle) {
    while let notification = handle.nextNotification() { output.tell(notification.payload) }
    tellGapLater()
  }

  /// Looks for room now and again: there may be no other notification to tell the gap with.
  private func tellGapLater() {
    guard output.hasGap, !awaitsRoom else { return }
    awaitsRoom = true
    loop.schedule(after: Self.roomInterval) { self.assumeIsolated { $0.tellGap() } }
  }

  private func tellGap() {
    awaitsRoom = false
    // Without a connection, more is missed: it is told once there is one.
    guard case .listening = phase else { return }
    output.tellGap()
    tellGapLater()
  }

  private func lose(_ reason: StorageError) {
    if case .stopped = phase { return }
    disconnect()
    phase = .closed
    if opening != nil { return answerOpening(reason) }
    output.hasGap = true
    loop.schedule(after: limits.backoff(failures)) { self.assumeIsolated { $0.connect() } }
    failures += 1
  }

  private func disconnect() {
    timeLimit?.cancel()
    if descriptor >= 0 { loop.deregister(descriptor) }
    descriptor = -1
  }

  private func close() {
    if case .stopped = phase { return }
    disconnect()
    phase = .stopped
    answerOpening(.closed)
    output.finish()
  }

  private func answerOpening(_ error: StorageError?) {
    opening?.resume(returning: error)
    opening = nil
  }
}

extension StorageError {
  fileprivate static let needsDirectConnection = StorageError(
    .configuration,
    "Notifications need a connection to PostgreSQL itself: PgBouncer in transaction mode does not pass them on.")
}
