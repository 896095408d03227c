import FoundationEssentials
import HTTP
import HTTPTypes
import JSON
import Streams
import Testing
import Values

/// Answers of every kind but events, from the handler through the generated router.
@Suite struct AnswerTests {
  // MARK: JSON lines

  @Test(
    "Items are a line each, or a record each",
    arguments: [
      (nil, "application/jsonl", "{\"text\":\"a\\nb\"}\n{\"text\":\"c\"}\n"),
      ("application/json-seq", "application/json-seq", "\u{1E}{\"n\":1}\n"),
      ("application/x-ndjson", "application/x-ndjson", "[null]\n7\n"),
    ])
  func lines(_ accept: String?, _ mediaType: String, _ expected: String) async throws {
    let service = FilesService(logs: { input in
      switch input.accept {
      case .jsonl: .ok(JSONLines { try await $0.send(LogLine(text: "a\nb"), LogLine(text: "c")) })
      case .jsonSeq: .okJSONSeq(JSONLines { try await $0.send(GetLogsItem(n: 1)) })
      case .ndjson: .okNdjson(JSONLines { try await $0.send([nil], 7) })
      }
    })
    let (response, text) = try await service.answer("/logs", accept: accept)
    #expect(response.headers[.contentType] == mediaType && text == expected)
  }

  // MARK: Bytes

  @Test("Bytes are in memory or streamed, with their length where it is known")
  func bytes() async throws {
    let whole = FilesService(file: { _ in .ok(ByteStream([97, 98])) })
    let (response, text) = try await whole.answer("/files/a")
    #expect(response.headers[.contentType] == "application/octet-stream" && text == "ab")
    let part = FilesService(file: { _ in
      .partialContent(
        ByteStream(length: 3) { writer in
          try await writer.write([97])
          try await writer.write([98, 99])
        }, contentRange: "bytes 0-2/9")
    })
    let (streamed, rest) = try await part.answer("/files/a")
    #expect(streamed.status == 206 && streamed.headers[.contentRange] == "bytes 0-2/9" && rest == "abc")
    #expect(streamed.headers[.contentLength] == "3")
  }

  @Test("A stream of another length than it told is cut off", arguments: [[1], [1, 2, 3]])
  func lengths(_ bytes: [UInt8]) async throws {
    let service = FilesService(file: { _ in .ok(ByteStream(length: 2) { try await $0.write(bytes) }) })
    await #expect(throws: LengthMismatch(expected: 2, actual: bytes.count)) { try await service.answer("/files/a") }
  }

  @Test("A range of media types leaves it to the handler which one it is")
  func ranges() async throws {
    let service = FilesService(image: { _ in .ok(ByteStream([1]), contentType: "image/webp") })
    let (response, _) = try await service.answer("/images/a", accept: "image/webp")
    #expect(response.status == 200 && response.headers[.contentType] == "image/webp")
    #expect(try await service.answer("/images/a", accept: "text/html").response.status == 406)
  }

  // MARK: Statuses

  @Test("An exact status, a range and the default are a case each")
  func statuses() async throws {
    let trouble = Trouble(message: "no")
    let outputs: [(GetFile.Output, HTTPResponse.Status, String)] = [
      (.notModified, 304, ""), (.gone(trouble), 410, "{\"message\":\"no\"}"),
      (.clientError(trouble, status: 409, retryAfter: 3), 409, "{\"message\":\"no\"}"),
      (.default("broken", status: 503), 503, "broken"),
    ]
    for (output, status, expected) in outputs {
      let (response, text) = try await FilesService(file: { _ in output }).answer("/files/a")
      #expect(response.status == status && text == expected)
      #expect(response.headers[.retryAfter] == (status == 409 ? "3" : nil))
    }
    let (response, text) = try await FilesService(file: { _ in .problem(.fileNotFound) }).answer("/files/a")
    #expect(response.status == 404 && text.contains("file-not-found"))
  }

  @Test("A status that is another response's, or out of its range, is no answer", arguments: [404, 410, 399, 500])
  func undeclaredInRange(_ status: Int) async throws {
    let service = FilesService(file: { _ in .clientError(Trouble(message: "no"), status: status) })
    let (response, text) = try await service.answer("/files/a")
    #expect(response.status == 500 && text.contains("The status \(status) is not declared"))
  }

  @Test("The default is for what nothing else is declared for", arguments: [200, 206, 404, 499, 199, 600])
  func undeclaredDefault(_ status: Int) async throws {
    let (response, _) = try await FilesService(file: { _ in .default("no", status: status) }).answer("/files/a")
    #expect(response.status == 500)
  }

  @Test("Several successes, a redirection, and none declared")
  func successes() async throws {
    let file = File(name: "a")
    let outputs: [(PutFile.Output, HTTPResponse.Status, String?, String?)] = [
      (.ok(file), 200, "application/hal+json", nil), (.created(file, location: "/b"), 201, "application/json", "/b"),
      (.success(status: 202), 202, nil, nil), (.seeOther(location: "/c"), 303, nil, "/c"),
    ]
    for (output, status, mediaType, location) in outputs {
      let (response, _) = try await FilesService(put: { _ in output }).answer("/files/a", method: .put)
      #expect(response.status == status && response.headers[.contentType] == mediaType)
      #expect(response.headers[.location] == location)
    }
    #expect(try await FilesService().answer("/anything", method: .post).response.status == 204)
    #expect(try await FilesService().answer("/anything").text == "{\"a\":null}")
  }

  // MARK: Fields

  @Test("Fields of every kind are written in the style simple")
  func fields() async throws {
    let box = Box(width: 2, color: "red")
    let service = FilesService(fields: { _ in
      .ok(
        .large, xText: "a, b", xCount: -3, xRatio: 0.5, xFlag: true, xID: UUID(high: 1, low: 2),
        xAt: Timestamp(milliseconds: 0), xOn: CalendarDate(Timestamp(milliseconds: 0)), xKind: .small,
        xTags: ["a", "b"], xBox: box, xExploded: box, xMap: ["n": 1], xJSON: box)
    })
    let (response, text) = try await service.answer("/fields")
    let expected = [
      "X-Text": "a, b", "X-Count": "-3", "X-Ratio": "0.5", "X-Flag": "true",
      "X-Id": "00000000-0000-0001-0000-000000000002", "X-At": "1970-01-01T00:00:00.000Z", "X-On": "1970-01-01",
      "X-Kind": "small", "X-Tags": "a,b", "X-Box": "width,2,color,red", "X-Exploded": "width=2,color=red",
      "X-Map": "n,1", "X-Json": "{\"width\":2,\"color\":\"red\"}", "Content-Type": "text/plain; charset=utf-8",
    ]
    for (name, value) in expected {
      #expect(HTTPField.Name(name).flatMap { response.headers[$0] } == value, "\(name)")
    }
    #expect(text == "large")
  }

  @Test("Fields that are not given are not there")
  func fieldsLeftOut() async throws {
    let service = FilesService(fields: { _ in .ok(.small, xText: "", xAt: Timestamp(milliseconds: 0), xTags: []) })
    let (response, _) = try await service.answer("/fields")
    #expect(response.headers.map(\.name.rawName).sorted() == ["Content-Type", "X-At", "X-Tags", "X-Text"])
  }
}
