import Generated
import HTTP

extension TurnSource {
  /// The turn as it goes on, from the start or from behind an event that it had. Listeners need not agree on where one
  /// delta ends: each gets what is new since its own offset, in one event.
  func events(after last: Int? = nil) -> EventStream<TurnEvent> {
    EventStream { sink in
      if last == nil {
        let started = TurnStarted(
          conversationID: answer.conversationID, userMessageID: answer.parentID, messageID: answer.id)
        try await sink.send(.message(started), id: "0")
      }
      var offset = last ?? 0
      while true {
        let progress = try await next(after: offset)
        var chunk = EventChunk<TurnEvent>()
        if !progress.text.isEmpty {
          offset += progress.text.count
          chunk.append(.delta(TextDelta(text: String(decoding: progress.text, as: UTF8.self))), id: String(offset))
        }
        guard let end = progress.end else {
          try await sink.send(chunk)
          continue
        }
        // Who may have more than was saved is told the end, and with it what was saved, whatever they have.
        let length = end.answer.content.utf8.count
        let place = end.isCutBack ? max(offset, length) : length
        if offset <= place { chunk.append(.usage(end.usage), id: String(place + 1)) }
        if offset <= place + 1 { chunk.append(end.event, id: String(place + 2)) }
        if !chunk.bytes.isEmpty { try await sink.send(chunk) }
        return
      }
    }
  }
}

extension SettledTurn {
  /// The last event.
  fileprivate var event: TurnEvent {
    guard answer.status == .failed else { return .done(answer) }
    let problem = (isTimeout ? SendMessage.Failure.upstreamTimeout : .upstreamFailed).problem
    return .error(
      TurnFailure(
        type: Problem.typePrefix + problem.code, title: problem.title, status: problem.status, detail: problem.detail,
        code: problem.code, conversationID: answer.conversationID, messageID: answer.id))
  }
}
