import HTTP
import HTTPTypes
import Requests
import Testing

/// The form with files of `Goldens/Swift/requests/api.yaml` (RFC 7578).
@Suite struct MultipartTests {
  private let recorder = Recorder()

  private func field(_ name: String, _ text: String) -> String {
    "--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(text)\r\n"
  }

  private func file(_ name: String, _ filename: String, _ text: String, type: String = "image/png") -> String {
    "--edge\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(filename)\"\r\n"
      + "content-type: \(type)\r\n\r\n\(text)\r\n"
  }

  private func send(
    _ parts: [String], of length: Int = 1000, end: String = "--edge--\r\n", boundary: String = "; boundary=edge",
    isWhole: Bool = true
  ) async -> Reply {
    await recorder.send(
      "/upload", method: .post, headers: [.contentType: "multipart/form-data\(boundary)"],
      body: .pieces(parts.joined() + end, of: length, isWhole: isWhole))
  }

  @Test("Fields are read, and files come as they arrive, however they are cut", arguments: [1, 2, 3, 7, 50, 10_000])
  func upload(length: Int) async throws {
    let reply = await send(
      [
        "a preamble\r\n", field("title", "ä"), field("tags", "x"), field("tags", ""), field("numbers", "1,2"),
        field("point", #"{"x": 1}"#), file("documents", "a%22.txt", "one\r\n--edg", type: "text/plain"),
        file("avatar", "b.png", "\r\n\r\n12"), file("documents", "skipped", String(repeating: "s", count: 500)),
      ], of: length, end: "--edge--\r\nan epilogue")
    #expect(reply.text == "" && reply.status == 204)
    let body = try #require(recorder.last(Upload.Input.self)).body
    #expect(body.title == "ä" && body.tags == ["x", ""] && body.numbers == [1, 2] && body.point == Point(x: 1))
    let files = recorder.all(Received.self)
    #expect(files.map(\.text) == ["one\r\n--edg", "\r\n\r\n12"])
    #expect(files.map(\.name) == [.documents, .avatar] && files.map(\.filename) == ["a\".txt", "b.png"])
    #expect(files.map(\.contentType) == ["text/plain", "image/png"])
  }

  @Test("Every fault of the fields is told before a file is read")
  func fieldFaults() async {
    let parts = [field("title", "longer"), field("point", "{"), field("numbers", "x"), field("other", "1")]
    #expect(
      await send(parts + [file("avatar", "a", "b")]).faults == [
        "body /title max-length", "body /point malformed-json", "body /numbers/0 type", "body /other unknown-member",
      ])
    #expect(await send([field("tags", "a")]).faults == ["body /title required", "body /avatar required"])
    #expect(recorder.all(Received.self).isEmpty)
  }

  @Test("What is wrong with a file is told when it comes")
  func fileFaults() async {
    let title = field("title", "t")
    let avatar = file("avatar", "a", "b")
    let document = file("documents", "d", "d")
    #expect(await send([title, avatar, field("tags", "late")]).faults == ["body /tags order"])
    #expect(await send([title, avatar, avatar]).faults == ["body /avatar duplicate-member"])
    #expect(await send([title, avatar, document, document, document]).faults == ["body /documents max-items"])
    #expect(await send([title, document]).faults == ["body /avatar required"])
    #expect(await send([title, file("avatar", "a", "b", type: "image/gif")]).faults == ["body /avatar media-type"])
    #expect(await send([title, file("avatar", "a", "123456789")]).status == 413)
  }

  @Test("What is no multipart body is refused")
  func malformed() async {
    let title = field("title", "t")
    #expect(await send([title], boundary: "").status == 400)
    #expect(await send([title], end: "").status == 400)
    #expect(await send([title, file("avatar", "a", "b")], end: "").status == 400)
    #expect(await send([title], end: "", isWhole: false).status == 400)
    #expect(await send(["--edge\r\n\r\nno head\r\n"]).status == 400)
    #expect(await send(["--edge\r\nContent-Disposition: attachment\r\n\r\n\r\n"]).status == 400)
    #expect(await send(["--edge and more\r\n"]).status == 400)
    let head = "--edge\r\nX: \(String(repeating: "a", count: 9000))\r\n"
    #expect(await send([head], of: 100).status == 400)
    #expect(await send([String(repeating: "a", count: 9000)], of: 100).status == 400)
    #expect(await send([String](repeating: field("", ""), count: 1001)).status == 400)
    #expect(await send([String](repeating: field("tags", ""), count: 300)).status == 413)
    #expect(await send([field("title", String(repeating: "a", count: 1001))]).status == 413)
  }
}
