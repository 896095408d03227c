import Testing

@testable import parley

@Suite("A .env file")
struct DotEnvTests {
  private func values(_ text: String, environment: [String: String] = [:]) throws -> [String: String] {
    Dictionary(
      try DotEnv(text, environment: environment).entries.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }

  @Test("of the service that this one replaces is read as it stands, trailing comment included")
  func asItStands() throws {
    let text = """
      DATABASE_URL=postgresql+asyncpg://user:password@localhost/chatbot
      JWT_SECRET=your_secret_key
      JWT_ALGORITHM=HS256
      AI_MODEL_ENDPOINT=http://localhost:8001/generate  # or OpenAI API
      """
    #expect(
      try values(text) == [
        "DATABASE_URL": "postgresql+asyncpg://user:password@localhost/chatbot", "JWT_SECRET": "your_secret_key",
        "JWT_ALGORITHM": "HS256", "AI_MODEL_ENDPOINT": "http://localhost:8001/generate",
      ])
  }

  @Test(
    "is read as dotenv users write it",
    arguments: [
      ("A=1", "1"), ("A=", ""), ("A= 1 ", "1"), ("A = 1", "1"), ("export A=1", "1"), ("  export\tA=1", "1"),
      ("A=1\r\n", "1"), ("\u{FEFF}A=1", "1"), ("# c\n\n  # d\nA=1", "1"), ("A=1\nA=2", "2"),
      ("A=a#b", "a#b"), ("A=a #b", "a"), ("A=#b", "#b"), ("A= # b", ""), ("A=a b", "a b"), ("A=a\t# b", "a"),
      ("A='a #b' # c", "a #b"), ("A=\"a #b\"# c", "a #b"), ("A='a\\nb'", "a\\nb"),
      ("A=\"a\\nb\\t\\\"\\\\\"", "a\nb\t\"\\"),
      ("A='it\\'s'", "it's"), ("A=\"a\nb\"", "a\nb"), ("A='a\nb'\nB=1", "a\nb"), ("A=\"\"", ""), ("A=it's", "it's"),
      ("A=a=b==", "a=b=="), ("A=\"$5 \\${B}\"", "$5 ${B}"), ("A=${HOME}/x", "/home/x"), ("A=\"${HOME}\"", "/home"),
      ("A='${HOME}'", "${HOME}"), ("B=b\nA=${B}${B}", "bb"), ("A=$HOME", "$HOME"), ("A=p${", "p${"), ("A=ü", "ü"),
    ])
  func forms(text: String, value: String) throws {
    #expect(try values(text, environment: ["HOME": "/home"])["A"] == value)
  }

  @Test(
    "that cannot be read is told with its line",
    arguments: [
      ("A=1\nnonsense", ".env:2: expected NAME=value"), ("=1", ".env:1: expected NAME=value"),
      ("A B=1", ".env:1: expected NAME=value"), ("\n\nA='x", ".env:3: the closing ' is missing"),
      ("A=\"x\ny", ".env:1: the closing \" is missing"),
      ("A='x'y", ".env:1: only a comment may follow the closing '"),
      ("A='\n'y", ".env:2: only a comment may follow the closing '"),
      ("A=${NOPE}", ".env:1: ${NOPE} is not set; write it in single quotes to mean it as it stands"),
    ])
  func faults(text: String, line: String) {
    let error = #expect(throws: ConfigurationError.self) { try DotEnv(text) }
    #expect(error?.description == line)
  }
}
