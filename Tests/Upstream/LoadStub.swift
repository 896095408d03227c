import NIOCore
import NIOPosix

/// The upstream for measurements: it reads nothing of a request but its length, and answers each with the same stream of
/// OpenAI's dialect, whose every token holds its number and the time at which it left.
///
/// One thread serves thousands of streams: each token is a copy of one template with other digits, written without the
/// help of an HTTP codec.
struct LoadStub {
  /// Tokens a second of each stream; 0 for all at once.
  let rate: Int
  /// Tokens of an answer.
  let tokens: Int

  func serve(port: Int) async throws -> any Channel {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let pump = LoadPump(rate: rate, tokens: tokens)
    try await group.any().submit { pump.start(on: group.any()) }.get()
    return try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 4096)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(LoadHandler(pump)) }
      }
      .bind(host: "127.0.0.1", port: port).get()
  }
}
