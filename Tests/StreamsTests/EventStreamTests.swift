import FoundationEssentials
import HTTP
import HTTPTypes
import JSON
import Streams
import Testing
import Values

/// The events that SpecGen makes of `Goldens/Swift/streams/api.yaml`, compiled and run.
@Suite struct EventStreamTests {
  private static let id = UUID(high: 1, low: 2)
  private static let path = "/turns/\(id.canonical)"

  @Test("Each event is written with its name and its data")
  func events() async throws {
    let turn = Turn(id: Self.id, text: "é")
    let service = TurnsService(turn: { _ in
      .okEventStream(
        EventStream { sink in
          var chunk = EventChunk<TurnEvent>()
          chunk.append(.started([turn]), id: "0", retry: .milliseconds(1500))
          chunk.append(.delta(TextDelta(text: "a\nb")), id: "1")
          try await sink.send(chunk)
          try await sink.send(.note("one\r\ntwo\rthree\n"))
          try await sink.send(.anyThing([1, nil]))
          try await sink.send(.done, id: "2")
          try await sink.send(.default)
        }, xTurn: 7)
    })
    let (response, text) = try await service.answer(Self.path, accept: "text/event-stream")
    #expect(response.status == 200 && response.headers[.contentType] == "text/event-stream")
    #expect(response.headers[.cacheControl] == "no-cache, no-transform")
    #expect(response.headers[HTTPField.Name("X-Accel-Buffering")!] == "no")
    #expect(response.headers[HTTPField.Name("X-Turn")!] == "7")
    #expect(
      text == """
        id: 0
        retry: 1500
        event: started
        data: [{"id":"\(Self.id.canonical)","text":"é"}]

        id: 1
        event: delta
        data: {"text":"a\\nb"}

        event: note
        data: one
        data: two
        data: three
        data: 

        event: any-thing
        data: [1,null]

        id: 2
        event: done
        data: [DONE]

        event: default
        data:


        """)
  }

  @Test("An event without a name is a message")
  func nameless() async throws {
    let service = TurnsService(ticks: { _ in
      .ok(EventStream { try await $0.send(.message(WatchTicksEventMessage(at: Timestamp(milliseconds: 0)))) })
    })
    let (_, text) = try await service.answer("/ticks")
    #expect(text == "data: {\"at\":\"1970-01-01T00:00:00.000Z\"}\n\n")
  }

  @Test(
    "The media type is the one that Accept gives the greatest weight",
    arguments: [
      (nil, GetTurn.Input.Accept.json), ("*/*", .json), ("", .json), ("text/event-stream", .eventStream),
      ("application/json;q=0.5, text/event-stream;q=0.9", .eventStream), ("text/*", .eventStream),
      ("text/event-stream, */*", .eventStream), ("text/event-stream, application/json", .json),
      ("text/*, text/plain", .text), ("text/*;q=0.3, application/*;q=0.2", .eventStream),
      ("*/*, application/json;q=0", .eventStream), ("image/png, text/plain;q=0.1", .text),
    ])
  func negotiation(_ accept: String?, _ expected: GetTurn.Input.Accept) async throws {
    let service = TurnsService(turn: { input in .okText(input.accept.rawValue, xTurn: 1) })
    #expect(try await service.answer(Self.path, accept: accept).text == expected.rawValue)
  }

  @Test("What a client cannot take is answered 406, before the handler is asked")
  func notAcceptable() async throws {
    let (response, text) = try await TurnsService().answer(Self.path, accept: "image/png, application/json;q=0")
    #expect(response.status == 406 && text.contains("application/json, text/event-stream, text/plain"))
  }

  @Test("HEAD has the fields of the stream, which is not run")
  func head() async throws {
    let service = TurnsService(ticks: { _ in
      .ok(EventStream { _ in Issue.record("The stream was run.") })
    })
    let (response, text) = try await service.answer("/ticks", method: .head)
    #expect(response.headers[.contentType] == "text/event-stream" && response.headers[.contentLength] == nil)
    #expect(text.isEmpty)
  }
}
