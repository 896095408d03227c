import NIOCore

extension RequestHandler {
  /// Answers with a stream of events.
  func stream(_ question: Question, _ context: ChannelHandlerContext) {
    writeHead(context, 200, [("Content-Type", question.streamType), ("Transfer-Encoding", "chunked")])
    context.flush()
    play(StreamPlan(question).steps, from: 0, context)
  }

  /// Sends what follows up to the next wait.
  private func play(_ steps: [StreamPlan.Step], from start: Int, _ context: ChannelHandlerContext) {
    var index = start
    // What needs no wait leaves in one piece, as from a server without latency.
    var bytes: [UInt8] = []
    func flush() {
      if !bytes.isEmpty { write(context, bytes) }
      bytes = []
    }
    while context.channel.isActive, let id = current?.id, index < steps.count {
      let step = steps[index]
      index += 1
      switch step {
      case .event(let event):
        // Before it is sent: whoever has read it finds it in the ledger.
        switchboard.update(id) { $0.completionTokens += event.tokens }
        if event.reportsUsage {
          flush()
          reportUsage(event, of: id, context)
        } else {
          bytes += event.bytes
        }
      case .jump(let target): index = target
      case .wait(let milliseconds):
        flush()
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(milliseconds)) {
          self.play(steps, from: index, context)
        }
        return
      case .park(let name):
        // Whoever has read this half, or is told of the pause, may end it at once.
        let parked = switchboard.park(name, on: context.eventLoop)
        flush()
        switchboard.report(.arrived, name)
        parked.assumeIsolated().whenSuccess { self.play(steps, from: index, context) }
        return
      case .hang: return flush()
      case .close:
        close(.cut)
        flush()
        context.close(promise: nil)
      case .end:
        close(.complete)
        flush()
        writeEnd(context)
      }
    }
  }

  /// Tells the counts, and notes whether they were written whole.
  private func reportUsage(_ event: StreamEvent, of id: Int, _ context: ChannelHandlerContext) {
    let written = context.eventLoop.makePromise(of: Void.self)
    switchboard.update(id) { $0.report = .sent }
    written.futureResult.whenFailure { [switchboard] _ in switchboard.update(id) { $0.report = .cut } }
    write(context, event.bytes, promise: written)
  }
}
