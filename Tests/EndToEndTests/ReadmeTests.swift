import Foundation
import TestSupport
import Testing

@Suite("README.md")
struct ReadmeTests {
  @Test("The session works as pasted")
  func session() async throws {
    let readme = try String(contentsOfFile: Programs.checkout + "/README.md", encoding: .utf8)
    let start = try #require(readme.firstRange(of: "\n```sh\n"))
    let end = try #require(readme[start.upperBound...].firstRange(of: "```"))
    let session = String(readme[start.upperBound..<end.lowerBound])
    #expect(session.contains("http://localhost:8000"))
    try await Stand.serving(.sqlite) { _, parley in
      let pasted = session.replacing("http://localhost:8000", with: "http://localhost:\(parley.port)")
      let shell = try ChildProcess("sh", ["-c", pasted], environment: ProcessInfo.processInfo.environment)
      #expect(try await shell.end() == .exit(0))
      let lines = shell.output.split(separator: "\n")
      #expect(lines.count == session.matches(of: /; echo\n/).count)
      for line in lines {
        #expect(line.hasPrefix("{") && !line.contains("\"code\""), "\(line)")
      }
    }
  }
}
