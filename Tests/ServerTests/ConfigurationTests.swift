import AIClient
import HTTPServer
import Logging
import Security
import Testing

@testable import parley

@Suite("The configuration")
struct ConfigurationTests {
  private static let secret = "0123456789abcdef0123456789abcdef"

  private func configuration(
    dotEnv: String? = nil, _ environment: [String: String] = [:], flags: [Setting: String] = [:]
  ) throws -> Configuration {
    var environment = environment
    if environment["JWT_SECRET"] == nil, dotEnv == nil { environment["JWT_SECRET"] = Self.secret }
    return try Configuration(
      Settings(dotEnv: dotEnv, environment: environment, flags: flags), secret: SigningSecret(dev: false).resolve)
  }

  @Test("without a setting but the secret is that of a laptop")
  func defaults() throws {
    let configuration = try configuration()
    #expect(configuration.database.summary == "SQLite parley.db")
    #expect(configuration.jwtSecret == Self.secret && configuration.jwtAlgorithm == .hs256)
    #expect("\(configuration.ai)" == "built-in model" && configuration.ai == AIConfiguration())
    #expect(configuration.host == "127.0.0.1" && configuration.port == 8000)
    #expect(configuration.origins == .none)
    #expect(configuration.bcryptCost == 12 && configuration.dbPoolSize == nil)
    #expect(configuration.logLevel == .info && configuration.monthlyTokenLimit == nil)
    #expect(configuration.migrations == .on)
    #expect(configuration.rateLimits == RateLimits())
  }

  @Test("takes every setting")
  func everything() throws {
    let configuration = try configuration([
      "DATABASE_URL": "postgresql+asyncpg://me:p%40ss@db.example:5433/chat?ssl=require", "JWT_ALGORITHM": "hs512",
      "AI_MODEL_ENDPOINT": "https://api.example/v1", "AI_PROVIDER": "openai", "AI_MODEL": "a, b", "AI_API_KEY": "k",
      "AI_TIMEOUT": "2.5", "AI_CONNECT_TIMEOUT": "1", "AI_FIRST_BYTE_TIMEOUT": "2", "AI_IDLE_TIMEOUT": "1.5",
      "AI_RETRIES": "0", "AI_CONTEXT_TOKENS": "8192", "AI_PRICES": "a=1/2", "HOST": "0.0.0.0", "PORT": "80",
      "CORS_ORIGINS": "https://a.example, http://localhost:3000",
      "BCRYPT_COST": "4", "DB_POOL_SIZE": "7", "LOG_LEVEL": "WARNING", "RATE_LIMITS": "login=1/second, send=off",
      "MONTHLY_TOKEN_LIMIT": "100000", "MIGRATE": "OFF",
    ])
    #expect(configuration.database.summary == "PostgreSQL chat on db.example:5433")
    #expect(configuration.jwtAlgorithm == .hs512)
    let upstream = AIConfiguration.Upstream(
      "https://api.example/v1", provider: .openai, models: ["a", "b"], apiKey: "k")
    let timeouts = Timeouts(connect: .seconds(1), firstByte: .seconds(2), idle: .seconds(1.5), total: .seconds(2.5))
    let prices = PriceTable(["a": PriceTable.Price(prompt: 1_000_000, completion: 2_000_000)])
    #expect(
      configuration.ai
        == AIConfiguration([upstream], timeouts: timeouts, retries: 0, contextTokens: 8192, prices: prices))
    #expect(configuration.host == "0.0.0.0" && configuration.port == 80)
    #expect(configuration.origins == .only(["https://a.example", "http://localhost:3000"]))
    #expect(configuration.bcryptCost == 4 && configuration.dbPoolSize == 7 && configuration.logLevel == .warning)
    #expect(configuration.rateLimits.rules[.login] == RateLimit.Rule(count: 1, period: .seconds(1)))
    #expect(configuration.rateLimits.rules[.send] == nil && configuration.rateLimits.rules[.signup] != nil)
    #expect(configuration.monthlyTokenLimit == 100_000 && configuration.migrations == .off)
  }

  @Test("takes several models, one standing in for the other")
  func standIns() throws {
    let configuration = try configuration([
      "AI_MODEL_ENDPOINT": "https://api.openai.com/v1, https://api.anthropic.com/v1/messages,http://gpu:8001/generate",
      "AI_PROVIDER": ",,vllm", "AI_MODEL": "gpt-4o,gpt-4o-mini; claude-opus-4,claude-haiku-4;", "AI_API_KEY": "a, b,",
    ])
    #expect(
      configuration.ai.upstreams == [
        AIConfiguration.Upstream("https://api.openai.com/v1", models: ["gpt-4o", "gpt-4o-mini"], apiKey: "a"),
        AIConfiguration.Upstream(
          "https://api.anthropic.com/v1/messages", models: ["claude-opus-4", "claude-haiku-4"], apiKey: "b"),
        AIConfiguration.Upstream("http://gpu:8001/generate", provider: .vllm),
      ])
    #expect(
      "\(configuration.ai)" == "https://api.openai.com, then https://api.anthropic.com, then http://gpu:8001 (vllm)")
  }

  @Test("takes one provider and one list of models for servers that are alike, and the whole key of one server")
  func alike() throws {
    let ai = try configuration([
      "AI_MODEL_ENDPOINT": "http://a:1,http://b:1", "AI_PROVIDER": "ollama", "AI_MODEL": "llama3.2,qwen3",
    ]).ai
    #expect(ai.upstreams.map(\.address) == ["http://a:1", "http://b:1"])
    #expect(ai.upstreams.allSatisfy { $0.provider == .ollama && $0.models == ["llama3.2", "qwen3"] })
    let one = try configuration(["AI_MODEL_ENDPOINT": "http://a/v1", "AI_API_KEY": "a,b;c"]).ai
    #expect(one.upstreams.map(\.apiKey) == ["a,b;c"])
  }

  @Test(
    "refuses settings of several models that do not match",
    arguments: [
      (
        ["AI_MODEL_ENDPOINT": "http://a/v1,http://b/v1", "AI_API_KEY": "secret"],
        "AI_API_KEY: the number of values is 1, but AI_MODEL_ENDPOINT has 2 addresses: "
          + "write one for each, separated by commas, empty where there is none"
      ),
      (
        ["AI_MODEL_ENDPOINT": "http://a/v1,http://b/v1", "AI_MODEL": "a;b;c"],
        "AI_MODEL: the number of values is 3, but AI_MODEL_ENDPOINT has 2 addresses: "
          + "write one for each, separated by semicolons, empty where there is none"
      ),
      (
        ["AI_MODEL_ENDPOINT": "http://a/v1", "AI_PROVIDER": "mistral"],
        "AI_PROVIDER: \"mistral\" is not one of openai, anthropic, ollama, tgi, vllm, builtin"
      ),
      (
        ["AI_MODEL_ENDPOINT": "http://a/v1", "AI_PROVIDER": "builtin"],
        "AI_PROVIDER: \"builtin\" needs no AI_MODEL_ENDPOINT"
      ),
    ] as [([String: String], String)])
  func mismatch(settings: [String: String], line: String) {
    let error = #expect(throws: ConfigurationError.self) { try configuration(settings) }
    #expect(error?.description == line)
  }

  @Test("is taken from flags before the environment, and from the environment before .env")
  func precedence() throws {
    let dotEnv = "JWT_SECRET=\(Self.secret)\nPORT=1\nHOST=a\nAI_TIMEOUT=1\n"
    let configuration = try configuration(
      dotEnv: dotEnv, ["PORT": "2", "HOST": "b"], flags: [.port: "3"])
    #expect(configuration.port == 3 && configuration.host == "b" && configuration.ai.timeouts.total == .seconds(1))
  }

  @Test("treats an empty value as none, and ignores what is not ours")
  func empty() throws {
    let dotEnv = "JWT_SECRET=\(Self.secret)\nPORT=\nSENTRY_DSN=x\nPOSTGRES_USER=me\n"
    #expect(try configuration(dotEnv: dotEnv, ["HOSTNAME": "x", "PARLEY_STRICT": "1"]).port == 8000)
  }

  @Test(
    "with a malformed value stops the start with one line",
    arguments: [
      ("PORT", "abc", "PORT: \"abc\" is not a port (1 to 65535)"),
      ("PORT", "65536", "PORT: \"65536\" is not a port (1 to 65535)"),
      ("PORT", "-1", "PORT: \"-1\" is not a port (1 to 65535)"),
      ("JWT_ALGORITHM", "RS256", "JWT_ALGORITHM: \"RS256\" is not one of HS256, HS384, HS512"),
      ("AI_PROVIDER", "x", "AI_PROVIDER: \"x\" is not one of openai, anthropic, ollama, tgi, vllm, builtin"),
      ("AI_PROVIDER", "ollama", "AI_PROVIDER: \"ollama\" needs AI_MODEL_ENDPOINT, the address of the model"),
      ("AI_RETRIES", "11", "AI_RETRIES: \"11\" is not a number of retries (0 to 10)"),
      ("AI_IDLE_TIMEOUT", "x", "AI_IDLE_TIMEOUT: \"x\" is not a number of seconds (more than 0, at most 3600)"),
      ("AI_TIMEOUT", "0", "AI_TIMEOUT: \"0\" is not a number of seconds (more than 0, at most 3600)"),
      ("AI_CONTEXT_TOKENS", "511", "AI_CONTEXT_TOKENS: \"511\" is not a number of tokens (512 or more)"),
      (
        "AI_PRICES", "gpt-4o=2.5/10,gpt-4o-mini=1",
        "AI_PRICES: \"gpt-4o-mini=1\" is not a price (MODEL=PROMPT/COMPLETION for a million tokens each, such as gpt-4o=2.5/10)"
      ),
      ("AI_TIMEOUT", "nan", "AI_TIMEOUT: \"nan\" is not a number of seconds (more than 0, at most 3600)"),
      ("BCRYPT_COST", "3", "BCRYPT_COST: \"3\" is not a cost (4 to 31)"),
      ("DB_POOL_SIZE", "0", "DB_POOL_SIZE: \"0\" is not a number of connections (1 to 1000)"),
      (
        "LOG_LEVEL", "loud",
        "LOG_LEVEL: \"loud\" is not one of trace, debug, info, notice, warning, error, critical"
      ),
      (
        "CORS_ORIGINS", "a.example",
        "CORS_ORIGINS: \"a.example\" is not an origin (such as https://app.example.com, or *)"
      ),
      (
        "CORS_ORIGINS", "https://a.example/",
        "CORS_ORIGINS: \"https://a.example/\" is not an origin (such as https://app.example.com, or *)"
      ),
      ("MONTHLY_TOKEN_LIMIT", "many", "MONTHLY_TOKEN_LIMIT: \"many\" is not a number of tokens (1 or more)"),
      (
        "RATE_LIMITS", "login",
        "RATE_LIMITS: \"login\" is not a rule "
          + "(NAME=COUNT/minute, where NAME is one of login, signup, refresh, password, send; or off)"
      ),
      (
        "RATE_LIMITS", "send=1/year",
        "RATE_LIMITS: \"send=1/year\" is not a rule (COUNT/second, COUNT/minute or COUNT/hour)"
      ),
      (
        "DATABASE_URL", "mysql://me:secret@host/db",
        "DATABASE_URL: \"mysql\" is not a database that Parley knows; "
          + "write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE"
      ),
      (
        "DATABASE_URL", "secret",
        "DATABASE_URL: the value is not a URL; write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE"
      ),
      ("PARLEY_PORT", "1", "PARLEY_PORT is unknown; did you mean PORT?"),
    ])
  func malformed(name: String, value: String, line: String) {
    let error = #expect(throws: ConfigurationError.self) { try configuration([name: value]) }
    #expect(error?.description == line)
  }

  @Test(
    "with a name that is nearly ours stops the start with a suggestion",
    arguments: [
      ("JWT_SECERT", "JWT_SECRET"), ("DATABASE_URI", "DATABASE_URL"), ("PROT", "PORT"), ("port", "PORT"),
      ("AI_MODEL_END_POINT", "AI_MODEL_ENDPOINT"), ("MONTHLY_TOKENS_LIMIT", "MONTHLY_TOKEN_LIMIT"),
    ])
  func misspelt(name: String, meant: String) {
    let error = #expect(throws: ConfigurationError.self) { try Settings(dotEnv: "# c\n\(name)=x") }
    #expect(error?.description == ".env:2: \(name) is unknown; did you mean \(meant)?")
  }

  @Test(
    "with a weak secret is refused with the way to make a real one",
    arguments: [
      (nil, "is missing"), ("", "is missing"), ("your_secret_key", "is a placeholder that everyone knows"),
      ("k3J9x", "is 5 bytes long and needs 32"),
    ])
  func weak(secret: String?, reason: String) {
    let error = #expect(throws: ConfigurationError.self) { try SigningSecret(dev: false).resolve(secret?.nonEmpty) }
    #expect(
      error?.description
        == "JWT_SECRET: the secret \(reason); make one with: openssl rand -hex 32 (or start with --dev)")
  }

  @Test("shows no password of a database URL")
  func summary() throws {
    #expect(try DatabaseURL("postgresql://u:p@h/n?x=p").summary == "PostgreSQL n on h")
    #expect(try DatabaseURL("postgres:///n").summary == "PostgreSQL n on the local socket")
    #expect(try DatabaseURL("postgresql+psycopg2://u:p@a@h:1/n").summary == "PostgreSQL n on h:1")
    #expect(try DatabaseURL("postgresql://user:s3cr3t?x@localhost:1/db").summary == "PostgreSQL db on localhost:1")
    #expect(try DatabaseURL("postgresql://h/n?user=u@example&password=p").summary == "PostgreSQL n on h")
    #expect(try DatabaseURL("sqlite+aiosqlite:////var/p.db").summary == "SQLite /var/p.db")
    #expect(try DatabaseURL("sqlite://").summary == "SQLite in memory")
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
