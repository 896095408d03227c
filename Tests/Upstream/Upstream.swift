import ArgumentParser
import NIOCore
import NIOHTTP1
import NIOPosix

/// A model server of the tests' own: five dialects, no latency, and faults on demand.
///
/// A request says in its last user message what shall go wrong; see `Script`. The server ends when its standard input,
/// if that is a pipe, is closed, or when its parent is gone.
@main
struct Upstream: AsyncParsableCommand {
  @Option(help: "Port on 127.0.0.1; 0 for any.")
  var port = 0

  @Option(help: "Understand only this body at /generate: tgi or vllm.")
  var only: Generate?

  @Option(help: "Answer 401 without this key.")
  var key: String?

  @Option(help: "For measurements: answer everything with so many tokens a second; 0 for all at once.")
  var rate: Int?

  @Option(help: "How many tokens an answer has, with --rate.")
  var tokens = 100

  enum Generate: String, ExpressibleByArgument {
    case tgi, vllm
  }

  func run() async throws {
    let channel =
      if let rate { try await LoadStub(rate: rate, tokens: tokens).serve(port: port) } else { try await serve() }
    print("upstream listening on http://127.0.0.1:\(channel.localAddress?.port ?? port)")
    Orphanage.exitWithParent()
    try await channel.closeFuture.get()
  }

  private func serve() async throws -> any Channel {
    let switchboard = Switchboard()
    let rules = Rules(only: only, key: key)
    let group = MultiThreadedEventLoopGroup.singleton
    return try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 4096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          // No assistance: it would not read, and so not notice that a client leaves while it waits.
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
          try channel.pipeline.syncOperations.addHandler(RequestHandler(switchboard: switchboard, rules: rules))
        }
      }
      .bind(host: "127.0.0.1", port: port).get()
  }
}

/// What the command line asks for.
struct Rules: Sendable {
  var only: Upstream.Generate?
  var key: String?
}
