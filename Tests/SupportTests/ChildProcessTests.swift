import Glibc
import TestSupport
import Testing

@Suite("A process that a test starts")
struct ChildProcessTests {
  @Test("has none of the test's files, whatever other tests open while it begins")
  func files() async throws {
    let opening = Task.detached {
      while !Task.isCancelled {
        for descriptor in (0..<64).map({ _ in open("/dev/null", O_RDONLY) }) { close(descriptor) }
        await Task.yield()
      }
    }
    defer { opening.cancel() }
    for _ in 0..<20 {
      let list = try ChildProcess("ls", ["/proc/self/fd"], environment: ["PATH": "/usr/bin:/bin"])
      #expect(try await list.end() == .exit(0))
      // The last of them is the folder that is listed.
      #expect(list.output == "0\n1\n2\n3")
    }
  }
}
