/// A request to a model server.
struct HTTPCall: Sendable {
  enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  var method: Method
  var url: String
  var headers: [(name: String, value: String)] = []
  var body: [UInt8] = []
  var limits: HTTPLimits
}

/// How long, and how much.
struct HTTPLimits: Sendable, Hashable {
  /// Name resolution, connection and TLS.
  var connect: Duration
  /// From the start to the first byte of the response's body: many servers send the head at once.
  var firstByte: Duration
  /// Between two pieces of the body.
  var silence: Duration
  /// Everything.
  var total: Duration
  /// Bytes of the response, its head included.
  var bytes: Int
}

/// What comes back, in order: one head, then pieces of the body.
enum HTTPEvent: Sendable {
  case head(HTTPHead)
  case body([UInt8])
}

struct HTTPHead: Sendable {
  var status: Int
  /// Names in lower case; the last of each name.
  var headers: [String: String]
}

/// One request and its response. Cancelling the task that reads, or dropping the iterator, closes the connection, unless
/// the response has ended.
struct HTTPExchange {
  private var events: AsyncStream<Result<HTTPEvent, AIError>>.Iterator
  /// Nobody reads on, but the response is about to end: its connection is worth to be kept.
  let letGo: @Sendable () -> Void

  init(_ events: AsyncStream<Result<HTTPEvent, AIError>>, letGo: @escaping @Sendable () -> Void) {
    self.events = events.makeAsyncIterator()
    self.letGo = letGo
  }

  /// The next event; nil at the end of a response that is whole.
  mutating func next(isolation actor: isolated (any Actor)?) async throws(AIError) -> HTTPEvent? {
    let event = await events.next(isolation: actor)
    // A stream ends early, and without an error of its own, when its reader is cancelled.
    if event == nil, Task.isCancelled { throw AIError(.cancelled) }
    return try event?.get()
  }
}
