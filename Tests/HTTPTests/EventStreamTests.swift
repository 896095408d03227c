import HTTP
import JSON
import Synchronization
import Testing

private enum Sign: ServerSentEvent {
  case word(String)
  case pause

  func encode(to event: inout EventWriter) {
    switch self {
    case .word(let data): event.write("word", text: data)
    case .pause: event.write(empty: "pause")
    }
  }
}

/// Keeps what is written, fails when told to, and says when something came.
private final class Pipe: BodyWriter {
  private let pieces = Mutex<[String]>([])
  private let limit: Int
  private let arrivals: AsyncStream<String>
  private let arrived: AsyncStream<String>.Continuation

  init(limit: Int = .max) {
    self.limit = limit
    (arrivals, arrived) = AsyncStream.makeStream()
  }

  var text: String { pieces.withLock { $0.joined() } }
  var writes: Int { pieces.withLock { $0.count } }

  func write(_ bytes: [UInt8]) async throws {
    let piece = String(decoding: bytes, as: UTF8.self)
    let count = pieces.withLock { pieces in
      pieces.append(piece)
      return pieces.count
    }
    if count > limit { throw BodyError.interrupted }
    arrived.yield(piece)
  }

  /// The next piece that comes.
  func next() async -> String? {
    for await piece in arrivals { return piece }
    return nil
  }
}

/// What a stream does that has nothing to send.
private func untilCancelled() async throws {
  let never = AsyncStream(Void.self) { _ in }
  for await _ in never {}
  try Task.checkCancellation()
}

@Suite struct EventStreamTests {
  @Test("Several events go in one write, encoded once")
  func oneWrite() async throws {
    var chunk = EventChunk<Sign>()
    chunk.append(.word("a"), id: "1")
    chunk.append(.pause, retry: .seconds(2))
    let text = "id: 1\nevent: word\ndata: a\n\nretry: 2000\nevent: pause\ndata:\n\n"
    #expect(String(decoding: chunk.bytes, as: UTF8.self) == text)
    let pipe = Pipe()
    let shared = chunk
    try await EventStream<Sign> { try await $0.send(shared) }.write(to: pipe)
    #expect(pipe.text == text && pipe.writes == 1)
  }

  @Test("An id that would break the line is left out", arguments: ["a\nb", "a\rb", "a\0b"])
  func brokenIDs(_ id: String) {
    var chunk = EventChunk<Sign>()
    chunk.append(.pause, id: id)
    #expect(String(decoding: chunk.bytes, as: UTF8.self) == "event: pause\ndata:\n\n")
  }

  @Test("A comment breaks the silence, and events go on after it")
  func heartbeat() async throws {
    let pipe = Pipe()
    let stream = EventStream<Sign>(heartbeat: .milliseconds(5)) { sink in
      while await pipe.next() != ":\n\n" {}
      try await sink.send(.word("b"))
    }
    try await stream.write(to: pipe)
    // Another comment may have come before the stream was told to end.
    #expect(pipe.text.hasPrefix(":\n\n") && pipe.text.contains("\n\nevent: word\ndata: b\n\n"))
  }

  @Test("A stream whose client is gone ends, although nothing is sent")
  func clientLeft() async {
    let pipe = Pipe(limit: 0)
    let stream = EventStream<Sign>(heartbeat: .milliseconds(5)) { _ in try await untilCancelled() }
    await #expect(throws: BodyError.self) { try await stream.write(to: pipe) }
  }

  @Test("A stream ends when its task is cancelled, as when the server shuts down")
  func cancelled() async {
    let pipe = Pipe()
    let stream = EventStream<Sign> { sink in
      try await sink.send(.pause)
      try await untilCancelled()
    }
    let task = Task { try await stream.write(to: pipe) }
    _ = await pipe.next()
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("A failure of the closure is told, so that the transport cuts the connection")
  func failure() async {
    struct Broken: Error {}
    let stream = EventStream<Sign> { _ in throw Broken() }
    await #expect(throws: Broken.self) { try await stream.write(to: Pipe()) }
  }
}
