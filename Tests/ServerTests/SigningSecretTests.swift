import FoundationEssentials
import Glibc
import Testing

@testable import parley

@Suite("The secret of --dev")
struct SigningSecretTests {
  @Test("is random, kept with mode 0600, and the same at the next start")
  func kept() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "secret").path
    let first = try SigningSecret(dev: true, path: path).resolve("your_secret_key")
    #expect(first.utf8.count >= 32 && first != "your_secret_key")
    #expect(try SigningSecret(dev: true, path: path).resolve(nil) == first)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test("stays unused where a real one is configured")
  func configured() throws {
    let secret = "0123456789abcdef0123456789abcdef"
    #expect(try SigningSecret(dev: true, path: "/nowhere/secret").resolve(secret) == secret)
  }

  @Test("that cannot be kept is told in one line")
  func notKept() {
    let error = #expect(throws: ConfigurationError.self) {
      try SigningSecret(dev: true, path: "/nowhere/secret").resolve(nil)
    }
    #expect(error?.description == "cannot keep a secret in /nowhere/secret: No such file or directory")
  }
}
