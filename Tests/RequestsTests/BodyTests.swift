import HTTP
import HTTPTypes
import JSON
import Requests
import Testing
import Values

/// A body of another media type than was sent.
private struct Unexpected: Error {
  let body: SendBody.Input.Body?
}

/// The request bodies of `Goldens/Swift/requests/api.yaml`, compiled and run.
@Suite struct BodyTests {
  private let recorder = Recorder()

  private func post(_ path: String, _ type: String?, _ text: String, of length: Int = 1000) async -> Reply {
    var headers: HTTPFields = [:]
    headers[.contentType] = type
    let method: HTTPRequest.Method = path == "/bytes" || path == "/note" ? .put : .post
    return await recorder.send(path, method: method, headers: headers, body: .pieces(text, of: length))
  }

  private var body: SendBody.Input.Body? { recorder.last(SendBody.Input.self)?.body }

  @Test("A body is read as its media type says")
  func mediaTypes() async throws {
    #expect(await post("/body", "application/json", #"{"field": "a"}"#).status == 204)
    guard case .json(Filter(field: "a")) = body else { throw Unexpected(body: body) }
    #expect(await post("/body", "Application/vnd.Filters+JSON; charset=utf-8", #"[{"field": "b"}]"#).status == 204)
    guard case .filtersJSON([Filter(field: "b")]) = body else { throw Unexpected(body: body) }
    #expect(await post("/body", "text/plain", "ä b").status == 204)
    guard case .text("ä b") = body else { throw Unexpected(body: body) }
    let form = "name=a+b&tags=x&tags=y&filter=%7B%22field%22:%22f%22%7D&filters=%7B%22field%22:%22g%22%7D"
    #expect(await post("/body", "application/x-www-form-urlencoded", form).status == 204)
    guard case .form(let fields) = body else { throw Unexpected(body: body) }
    #expect(fields.name == "a b" && fields.tags == ["x", "y"] && fields.count == .absent)
    #expect(fields.filter == Filter(field: "f") && fields.filters == [Filter(field: "g")])
  }

  @Test("QUERY has a body, TRACE has none, and what else may be asked is told")
  func methods() async throws {
    let reply = await recorder.send(
      "/search", method: .query, headers: [.contentType: "application/json"], body: .pieces(#"{"field": "a"}"#, of: 5))
    #expect(reply.status == 204)
    #expect(try #require(recorder.last(Search.Input.self)).body == Filter(field: "a"))
    #expect(await recorder.send("/search", method: .trace).status == 204)
    #expect(recorder.last(TraceSearch.Input.self) != nil)
    #expect(await recorder.send("/search").status == 405)
  }

  @Test("A body that may be null is nil then, here and there")
  func null() async throws {
    let json: HTTPFields = [.contentType: "application/json"]
    func send(_ method: HTTPRequest.Method, _ text: String) async -> Reply {
      await recorder.send("/null", method: method, headers: json, body: .pieces(text, of: 1000))
    }
    #expect(await send(.put, "null").text == "null")
    #expect(await send(.put, #"{"field": "a"}"#).text == #"{"field":"a"}"#)
    #expect(await send(.put, "1").faults == ["body  type"])
    #expect(await send(.put, "").status == 400)
    for (text, body) in [("null", nil), ("[1]", [1])] as [(String, [Int]?)] {
      #expect(await send(.patch, text).status == 204)
      #expect(try #require(recorder.last(SendNullOrNothing.Input.self)).body == body)
    }
    #expect(await recorder.send("/null", method: .patch).status == 204)
    #expect(try #require(recorder.last(SendNullOrNothing.Input.self)).body == nil)
    #expect(await send(.patch, "[1, 2, 3]").faults == ["body  max-items"])
    #expect(await send(.post, "null").status == 200)
    guard case .json(nil)? = recorder.last(SendNullOrText.Input.self)?.body else {
      throw Unexpected(body: nil)
    }
    #expect(await send(.post, #"{"x": 1}"#).status == 200)
    guard case .json(let perhaps?)? = recorder.last(SendNullOrText.Input.self)?.body else {
      throw Unexpected(body: nil)
    }
    #expect(perhaps.x == 1)
  }

  @Test("The narrowest media range is chosen, and its bytes are streamed")
  func ranges() async throws {
    #expect(await post("/body", "image/png", "bytes", of: 2).status == 204)
    guard case .image = body else { throw Unexpected(body: body) }
    var received = try #require(recorder.last(Received.self))
    #expect(received.text == "bytes" && received.contentType == "image/png" && received.pieces == 3)
    for type in ["text/plain; charset=latin1", "application/pdf", nil] {
      #expect(await post("/body", type, "bytes").status == 204)
      guard case .any = body else { throw Unexpected(body: body) }
      received = try #require(recorder.last(Received.self))
      #expect(received.contentType == type)
    }
  }

  @Test("A body that breaks its schema is refused")
  func refused() async {
    #expect(await post("/body", "text/plain", "longer").faults == ["body  max-length"])
    #expect(await post("/body", "text/plain", String(repeating: "a", count: 1001)).status == 413)
    #expect(
      await post("/body", "application/x-www-form-urlencoded", "count=x&tags=1&tags=2&tags=3&filter=1&filters=%7B")
        .faults
        == [
          "body /name required", "body /count type", "body /tags max-items", "body /filter type",
          "body /filters/0 malformed-json",
        ])
    #expect(await post("/bytes", "application/json", "{}").status == 415)
  }

  @Test("Bytes are streamed up to their limit", arguments: [1, 3, 100])
  func bytes(length: Int) async throws {
    let text = String(repeating: "ab", count: 10)
    #expect(await post("/bytes", "application/octet-stream", text, of: length).status == 204)
    #expect(recorder.last(Received.self)?.text == text)
    #expect(await post("/bytes", nil, text + "c", of: length).status == 413)
    let headers: HTTPFields = [.contentType: "application/octet-stream", .contentLength: "21"]
    #expect(await recorder.send("/bytes", method: .put, headers: headers).status == 413)
    let broken = await recorder.send(
      "/bytes", method: .put, headers: [.contentType: "application/octet-stream"],
      body: .pieces(text, of: length, isWhole: false))
    #expect(broken.status == 400)
  }

  @Test("A body that may be left out is nil then")
  func optional() async throws {
    #expect(await recorder.send("/note", method: .put).status == 204)
    #expect(try #require(recorder.last(SendNote.Input.self)).body == nil)
    #expect(await post("/note", "text/markdown", "# a").status == 204)
    #expect(recorder.last(SendNote.Input.self)?.body == "# a")
    #expect(await post("/note", "text/markdown", "#").faults == ["body  min-length"])
    #expect(await post("/note", "image/png", "#").status == 415)
  }

  @Test("The fields of a form are read as their encodings say")
  func encodings() async throws {
    let form = "tags=a%7Cb&numbers=%5B1,2%5D&point[x]=1&point[color]=red&from=2026-01-31&text=t"
    #expect(await post("/form", "application/x-www-form-urlencoded", form).text == "")
    let body = try #require(recorder.last(SendForm.Input.self)?.body)
    #expect(body.tags == ["a", "b"] && body.numbers == [1, 2] && body.point == Point(x: 1, color: .red))
    #expect(body.period?.from.iso8601 == "2026-01-31" && body.text == "t")
    #expect(
      await post("/form", "application/x-www-form-urlencoded", "numbers=1&point[y]=z&from=x&other=1").faults == [
        "body /tags required", "body /numbers type", "body /point/x required", "body /point/y type",
        "body /from format", "body /other unknown-member",
      ])
  }

  @Test("A form may be a map")
  func map() async throws {
    #expect(await post("/words", "application/x-www-form-urlencoded", "a=1&b=2").status == 204)
    #expect(recorder.last(SendWords.Input.self)?.body == ["a": 1, "b": 2])
    #expect(
      await post("/words", "application/x-www-form-urlencoded", "a=x&b=2&c=3").faults == [
        "body  max-properties", "body /a type",
      ])
  }
}
