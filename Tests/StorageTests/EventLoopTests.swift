import EventLoop
import Glibc
import Synchronization
import Testing

@Suite struct EventLoopTests {
  @Test func `Jobs run on the loop, in the order they were given`() async {
    let loop = EventLoop(name: "test")
    let seen = await withCheckedContinuation { continuation in
      let order = Mutex<[Int]>([])
      for number in 0..<100 {
        loop.execute { order.withLock { $0.append(loop.isCurrent ? number : -1) } }
      }
      loop.execute { continuation.resume(returning: order.withLock { $0 }) }
    }
    #expect(seen == Array(0..<100))
    #expect(!loop.isCurrent)
  }

  @Test func `Timers fire in order of their deadline and not when cancelled`() async {
    let loop = EventLoop(name: "test")
    let seen = await withCheckedContinuation { continuation in
      let order = Mutex<[Int]>([])
      // So far apart that they keep their order where the machine has other things to do between two of these lines.
      loop.schedule(after: .milliseconds(1200)) {
        order.withLock { $0.append(3) }
        continuation.resume(returning: order.withLock { $0 })
      }
      let cancelled = loop.schedule(after: .milliseconds(600)) { order.withLock { $0.append(-1) } }
      loop.schedule(after: .milliseconds(800)) { order.withLock { $0.append(2) } }
      loop.schedule(after: .milliseconds(400)) { order.withLock { $0.append(1) } }
      cancelled.cancel()
    }
    #expect(seen == [1, 2, 3])
  }

  @Test func `Thousands of cancelled timers do not hold up the others`() async {
    let loop = EventLoop(name: "test")
    for _ in 0..<10_000 {
      loop.schedule(after: .seconds(3600)) { Issue.record("a cancelled timer fired") }.cancel()
    }
    await withCheckedContinuation { continuation in
      loop.schedule(after: .milliseconds(1)) { continuation.resume() }
    }
  }

  @Test func `A descriptor is reported readable until it is read, writable when asked, and not after deregistration`()
    async throws
  {
    let loop = EventLoop(name: "test")
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    let (near, far) = (ends[0], ends[1])
    defer {
      close(near)
      close(far)
    }
    let (events, stream) = AsyncStream.makeStream(of: Interest.self)
    loop.execute {
      loop.register(near, for: .readable) { interest in
        var byte: UInt8 = 0
        if interest.contains(.readable) { _ = read(near, &byte, 1) }
        if interest.contains(.writable) { loop.modify(near, for: .readable) }
        stream.yield(interest)
      }
    }
    var iterator = events.makeAsyncIterator()
    var bytes: [UInt8] = [1, 2]
    _ = write(far, &bytes, 2)
    #expect(await iterator.next() == .readable)
    #expect(await iterator.next() == .readable)
    loop.execute { loop.modify(near, for: [.readable, .writable]) }
    #expect(await iterator.next() == .writable)
    shutdown(far, Int32(SHUT_RDWR))
    #expect(await iterator.next()?.contains([.readable, .failed]) == true)
    loop.execute {
      loop.deregister(near)
      stream.finish()
    }
    while await iterator.next() != nil {}
  }

  @Test func `What is given to afterTurn runs once, behind the jobs of the turn`() async {
    let loop = EventLoop(name: "test")
    let seen = await withCheckedContinuation { continuation in
      let order = Mutex<[String]>([])
      loop.execute {
        loop.afterTurn {
          order.withLock { $0.append("turn") }
          continuation.resume(returning: order.withLock { $0 })
        }
        order.withLock { $0.append("first") }
      }
    }
    #expect(seen == ["first", "turn"])
  }

  @Test func `An actor can live on the loop`() async {
    let counter = LoopCounter()
    await withTaskGroup { group in
      for _ in 0..<100 { group.addTask { await counter.increment() } }
    }
    #expect(await counter.count == 100)
    #expect(await counter.wasAlwaysOnLoop)
  }

  @Test func `Jobs given before shutdown are run`() async {
    let loop = EventLoop(name: "test")
    await withCheckedContinuation { continuation in
      loop.execute { continuation.resume() }
      loop.shutdown()
    }
  }
}

private actor LoopCounter {
  private let loop = EventLoop(name: "test")
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
  private(set) var count = 0
  private(set) var wasAlwaysOnLoop = true

  func increment() {
    count += 1
    wasAlwaysOnLoop = wasAlwaysOnLoop && loop.isCurrent
  }
}
