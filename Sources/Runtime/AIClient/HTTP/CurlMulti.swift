import CLibcurl
import EventLoop

/// curl's multi interface on an event loop: all requests of one client share its thread and its connections.
///
/// The actor's executor is the loop, so that everything here, and every callback of curl, runs on the loop's thread.
actor CurlMulti {
  nonisolated let loop: EventLoop
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  private var multi: UnsafeMutableRawPointer?
  private var transfers: [Int: CurlTransfer] = [:]
  private var numbers: [UnsafeMutableRawPointer: Int] = [:]
  private var sockets: Set<Int32> = []
  private var timer: Timer?

  init(loop: EventLoop) {
    self.loop = loop
  }

  /// Sends a request. `number` names it to `cancel`.
  func start(
    _ call: HTTPCall, number: Int, continuation: AsyncStream<Result<HTTPEvent, AIError>>.Continuation
  ) {
    do throws(AIError) {
      let multi = try open()
      let transfer = try CurlTransfer(call, continuation: continuation)
      transfers[number] = transfer
      numbers[transfer.easy] = number
      curl_multi_add_handle(multi, transfer.easy)
      watch(transfer, number, after: call.limits.firstByte)
      act(CURL_SOCKET_TIMEOUT, 0)
    } catch {
      continuation.yield(.failure(error))
      continuation.finish()
    }
  }

  /// Ends a request and closes its connection, unless it has ended or was let go. Tells nobody: nobody listens any more.
  func cancel(_ number: Int) {
    if transfers[number]?.isLetGo == false { remove(number)?.watch?.cancel() }
  }

  /// Leaves a response a second to end by itself, so that its connection can be used again.
  func letGo(_ number: Int) {
    guard let transfer = transfers[number] else { return }
    transfer.isLetGo = true
    transfer.watch?.cancel()
    transfer.watch = loop.schedule(after: .seconds(1)) { [weak self] in
      self?.assumeIsolated { _ = $0.remove(number) }
    }
  }

  /// Ends all requests, closes all connections.
  func close() {
    for number in Array(transfers.keys) { remove(number)?.fail(AIError(.cancelled, "the client was closed")) }
    timer?.cancel()
    curl_multi_cleanup(multi)
    multi = nil
    for socket in sockets { loop.deregister(socket) }
    sockets = []
  }

  private func open() throws(AIError) -> UnsafeMutableRawPointer {
    if let multi { return multi }
    guard Self.isCurlReady, let multi = curl_multi_init() else {
      throw AIError(.invalidConfiguration, "curl_multi_init")
    }
    // Without a number curl keeps only as many connections as it has requests at the moment.
    parley_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 256)
    parley_multi_set_callbacks(
      multi,
      { _, socket, what, context, _ in
        CurlMulti.behind(context)?.assumeIsolated { $0.watch(socket, what) }
        return 0
      },
      { _, milliseconds, context in
        CurlMulti.behind(context)?.assumeIsolated { $0.setTimer(milliseconds) }
        return 0
      }, Unmanaged.passUnretained(self).toOpaque())
    self.multi = multi
    return multi
  }

  private static let isCurlReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Whom curl calls back, on the loop's thread, inside a call that the actor made.
  private static func behind(_ context: UnsafeMutableRawPointer?) -> CurlMulti? {
    context.map { Unmanaged<CurlMulti>.fromOpaque($0).takeUnretainedValue() }
  }

  // MARK: Driving curl

  private func act(_ socket: Int32, _ events: Int32) {
    guard let multi else { return }
    var running: Int32 = 0
    curl_multi_socket_action(multi, socket, events, &running)
    var result = CURLE_OK
    while let easy = parley_multi_next_done(multi, &result) {
      if let number = numbers[easy] { remove(number)?.finish(result) }
    }
  }

  private func remove(_ number: Int) -> CurlTransfer? {
    guard let transfer = transfers.removeValue(forKey: number) else { return nil }
    numbers[transfer.easy] = nil
    curl_multi_remove_handle(multi, transfer.easy)
    return transfer
  }

  private func watch(_ socket: Int32, _ what: Int32) {
    if what == CURL_POLL_REMOVE {
      sockets.remove(socket)
      loop.deregister(socket)
      return
    }
    var interest: Interest = []
    if what & CURL_POLL_IN != 0 { interest.insert(.readable) }
    if what & CURL_POLL_OUT != 0 { interest.insert(.writable) }
    if sockets.insert(socket).inserted {
      loop.register(socket, for: interest) { [weak self] ready in
        self?.assumeIsolated { $0.isReady(socket, ready) }
      }
    } else {
      loop.modify(socket, for: interest)
    }
  }

  private func isReady(_ socket: Int32, _ ready: Interest) {
    var events: Int32 = 0
    if ready.contains(.readable) { events |= CURL_CSELECT_IN }
    if ready.contains(.writable) { events |= CURL_CSELECT_OUT }
    if ready.contains(.failed) { events |= CURL_CSELECT_ERR }
    act(socket, events)
  }

  private func setTimer(_ milliseconds: Int) {
    timer?.cancel()
    timer = nil
    guard milliseconds >= 0 else { return }
    timer = loop.schedule(after: .milliseconds(milliseconds)) { [weak self] in
      self?.assumeIsolated { $0.act(CURL_SOCKET_TIMEOUT, 0) }
    }
  }

  // MARK: Silence

  /// Looks at a transfer when it could have been silent for too long. One timer a transfer, however many bytes come; the
  /// first of them shortens the time that is allowed.
  private func watch(_ transfer: CurlTransfer, _ number: Int, after delay: Duration) {
    transfer.watch = loop.schedule(after: min(delay, transfer.limits.silence)) { [weak self] in
      self?.assumeIsolated { $0.checkSilence(number) }
    }
  }

  private func checkSilence(_ number: Int) {
    guard let transfer = transfers[number] else { return }
    let allowed = transfer.hasFirstByte ? transfer.limits.silence : transfer.limits.firstByte
    let left = allowed - (ContinuousClock.now - transfer.lastActivity)
    if left > .zero {
      watch(transfer, number, after: left)
    } else {
      remove(number)?.fail(AIError(.timeout, "silent for \(allowed)"))
    }
  }
}
