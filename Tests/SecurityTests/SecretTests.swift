import Security
import Testing

@Suite("Opaque tokens and secrets")
struct SecretTests {
  @Test("An opaque token is found again by its text, and its digest is not its text")
  func opaqueToken() throws {
    let token = OpaqueToken.random()
    #expect(token.text.utf8.count == 43)
    #expect(token.digest.count == 32)
    #expect(try #require(OpaqueToken(text: token.text)).digest == token.digest)
    #expect(OpaqueToken.random().digest != token.digest)
    #expect("\(token)".contains(token.text) == false)
  }

  @Test("The digest is SHA-256 of the bytes")
  func digest() throws {
    // 32 zero bytes: the digest is a published value.
    let token = try #require(OpaqueToken(text: String(repeating: "A", count: 43)))
    let hex = token.digest.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }
    #expect(hex.joined() == "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925")
  }

  @Test(
    "What no token can read like is refused",
    arguments: [
      "", "abc", String(repeating: "A", count: 44), String(repeating: "=", count: 43), "*\(tail)", "\(tail)B",
    ])
  func malformed(text: String) {
    #expect(OpaqueToken(text: text) == nil)
  }

  static let tail = String(repeating: "A", count: 42)

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
