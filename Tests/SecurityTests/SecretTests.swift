import Security
import Testing

@Suite("Secrets")
struct SecretTests {
  @Test("Comparison in constant time says what == says")
  func comparison() {
    #expect(equalInConstantTime("abc".utf8, "abc".utf8))
    #expect(equalInConstantTime("".utf8, "".utf8))
    #expect(equalInConstantTime("abc".utf8, "abd".utf8) == false)
    #expect(equalInConstantTime("abc".utf8, "ab".utf8) == false)
  }

  @Test(
    "Secrets that everyone knows, or could find, are weak",
    arguments: [
      ("", "is empty"), ("   ", "is empty"), ("your_secret_key", "placeholder"), ("YOUR-SECRET-KEY", "placeholder"),
      ("secret", "placeholder"), ("changeme", "placeholder"),
      ("please-change-me-please-change-me-please", "placeholder"),
      ("09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7", "placeholder"),
      ("k3y-of-31-bytes-k3y-of-31-bytes", "31 bytes"), (String(repeating: "ab", count: 40), "repeats"),
    ])
  func weak(secret: String, expected: String) {
    guard case .weak(let reason) = SecretStrength(of: secret) else {
      Issue.record("\(secret) passed for strong")
      return
    }
    #expect(reason.contains(expected))
  }

  @Test("A random secret is strong, and another each time")
  func random() {
    let secret = SecretStrength.randomSecret()
    #expect(SecretStrength(of: secret) == .strong)
    #expect(secret.utf8.count == 64)
    #expect(SecretStrength.randomSecret() != secret)
  }
}
