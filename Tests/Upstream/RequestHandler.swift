import JSON
import NIOCore
import NIOHTTP1

/// One connection: collects a request, answers it, and notices when the client leaves.
final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  let switchboard: Switchboard
  private let rules: Rules
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  /// What is being answered; nil between requests.
  var current: (id: Int, question: Question)?

  init(switchboard: Switchboard, rules: Rules) {
    self.switchboard = switchboard
    self.rules = rules
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
    case .body(let buffer): body += buffer.readableBytesView
    case .end:
      guard let head else { return }
      respond(to: head, context)
    }
  }

  func channelActive(context: ChannelHandlerContext) {
    switchboard.countConnection(1)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    switchboard.countConnection(-1)
    if let question = current?.question {
      close(.left)
      if let name = question.name { switchboard.report(.closed, name) }
    }
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func respond(to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let parts = head.uri.split(separator: "?", maxSplits: 1)
    let path = parts.first.map(String.init) ?? "/"
    let name = path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
    switch (head.method, path) {
    case (.POST, _) where Question.paths.contains(path): generate(head, path, context)
    case (.GET, "/v1/models"):
      if isAllowed(head) {
        send(context, json: ["object": "list", "data": [["id": "echo", "object": "model"]]])
      } else {
        refuse(context, 401)
      }
    case (.GET, "/health"), (.GET, "/api/version"): send(context, json: [:])
    case (.GET, "/ledger"): send(context, json: .array(switchboard.ledger.map(\.json)))
    case (.GET, "/attempts"): send(context, json: .array(switchboard.attempts.map(\.json)))
    case (.GET, "/connections"):
      let load = switchboard.load
      // Without the one that asks.
      send(
        context,
        json: ["connections": .integer(Int64(load.connections - 1)), "open": .integer(Int64(load.open))])
    case (.DELETE, "/ledger"):
      switchboard.clearLedger()
      send(context, json: [:])
    case (.POST, _) where path.hasPrefix("/release/"):
      send(context, json: ["released": .integer(Int64(switchboard.release(name)))])
    default:
      let happening = path.split(separator: "/").first.flatMap { Switchboard.Happening(rawValue: String($0)) }
      guard head.method == .GET, let happening else { return refuse(context, 404) }
      let count = parts.dropFirst().first.flatMap { Int($0.replacing("count=", with: "")) } ?? 1
      switchboard.wait(for: happening, name, count: count, on: context.eventLoop).assumeIsolated().whenSuccess {
        self.send(context, json: ["count": .integer(Int64($0))])
      }
    }
  }

  private func isAllowed(_ head: HTTPRequestHead) -> Bool {
    rules.key.map { head.headers["authorization"] == ["Bearer \($0)"] || head.headers["x-api-key"] == [$0] } ?? true
  }

  // MARK: Generating

  private func generate(_ head: HTTPRequestHead, _ path: String, _ context: ChannelHandlerContext) {
    guard isAllowed(head) else { return refuse(context, 401) }
    guard var question = Question(path: path, body: body, rules: rules) else {
      // vLLM does not check the body: it fails at a prompt that is not there; and its streams have no path of their own.
      guard rules.only == .vllm else { return refuse(context, 422) }
      return refuse(context, path == "/generate" ? 500 : 404)
    }
    if question.script.times < .max, switchboard.countRequest(question.script.text) > question.script.times {
      question.script = question.script.withoutFault
    }
    current = (switchboard.open(question), question)
    let parked = question.script.hold.map { switchboard.park($0, on: context.eventLoop) }
    // Whoever is told may release it at once.
    if let name = question.name, name != question.script.pause { switchboard.report(.arrived, name) }
    if let parked {
      parked.assumeIsolated().whenSuccess {
        if context.channel.isActive { self.answer(question, context) }
      }
    } else {
      answer(question, context)
    }
  }

  private func answer(_ question: Question, _ context: ChannelHandlerContext) {
    switch question.script.fault {
    case .slow: return
    case .reset:
      charge(question, .cut)
      context.close(promise: nil)
    case .status(let status):
      close(.refused)
      refuse(context, status, retryAfter: question.script.retryAfter)
      if let name = question.name { switchboard.report(.refused, name) }
    case .garbage:
      charge(question, .complete)
      send(context, type: "application/json", Array("<html>It works!</html>".utf8))
    case .empty:
      charge(question, .complete)
      send(context, type: "application/json", [])
    case .huge:
      charge(question, .complete)
      send(context, type: "application/json", [UInt8](repeating: UInt8(ascii: " "), count: 17 << 20))
    case .error:
      charge(question, .cut)
      send(context, json: ["error": ["message": "the model fell over", "type": "server_error"]])
    case .cut, .nousage, .nul, .stream, nil:
      if question.isStreamed { stream(question, context) } else { answerAtOnce(question, context) }
    }
  }

  private func answerAtOnce(_ question: Question, _ context: ChannelHandlerContext) {
    let body = question.wholeAnswer
    guard question.script.fault == .cut else {
      charge(question, .complete, tellsUsage: question.countsTokens)
      return send(context, type: "application/json", body)
    }
    charge(question, .cut)
    writeHead(context, 200, [("Content-Type", "application/json"), ("Content-Length", "\(body.count)")])
    write(context, Array(body.prefix(body.count / 2)))
    context.close(promise: nil)
  }

  /// Charges for a whole answer. Before it is sent: whoever has read it finds it in the ledger.
  private func charge(_ question: Question, _ outcome: Attempt.Outcome, tellsUsage: Bool = false) {
    guard let id = current?.id else { return }
    switchboard.update(id) { attempt in
      attempt.completionTokens = question.reply.count
      if tellsUsage { attempt.report = .sent }
    }
    close(outcome)
  }

  /// Ends the entry of the ledger, once for each request.
  func close(_ outcome: Attempt.Outcome) {
    guard let id = current?.id else { return }
    current = nil
    switchboard.close(id, outcome)
  }
}

extension Question {
  /// What `/waiting`, `/refused` and `/closed` call it.
  var name: String? {
    if let name = script.hold ?? script.pause { return name }
    switch script.fault {
    case .slow: return "slow"
    case .stream(.stall), .stream(.stallLate), .stream(.endless): return "stalled"
    default: return nil
    }
  }
}
