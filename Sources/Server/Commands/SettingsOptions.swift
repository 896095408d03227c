import ArgumentParser
import FoundationEssentials

/// The flags that stand over the environment and `.env`. Secrets have none: everyone on the machine reads the command
/// line of a process.
struct SettingsOptions: ParsableArguments {
  @Option(help: "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE.")
  var databaseURL: String?
  @Option(help: "HS256, HS384 or HS512.")
  var jwtAlgorithm: String?
  @Option(help: "Where the model answers, and after commas what stands in for it; empty for the built-in model.")
  var aiModelEndpoint: String?
  @Option(help: "openai, anthropic, ollama, tgi, vllm or builtin, where the endpoint's path does not tell.")
  var aiProvider: String?
  @Option(help: "The models that can be chosen, separated by commas, the default first.")
  var aiModel: String?
  @Option(help: "Seconds that an answer may take.")
  var aiTimeout: String?
  @Option(help: "Seconds until a connection to a model stands.")
  var aiConnectTimeout: String?
  @Option(help: "Seconds until a streamed answer begins.")
  var aiFirstByteTimeout: String?
  @Option(help: "Seconds between two pieces of an answer.")
  var aiIdleTimeout: String?
  @Option(help: "How often a model is asked again before what stands in for it is.")
  var aiRetries: String?
  @Option(help: "Tokens that prompt and answer may have together.")
  var aiContextTokens: String?
  @Option(help: "What a million tokens cost, prompt/completion, such as gpt-4o=2.5/10,gpt-4o-mini=0.15/0.6.")
  var aiPrices: String?
  @Option(help: "The address to listen on.")
  var host: String?
  @Option(help: "The port to listen on; 0 for any that is free.")
  var port: String?
  @Option(help: "Origins whose pages may call, separated by commas, or *.")
  var corsOrigins: String?
  @Option(help: "The cost of a password's hash; each step doubles the time.")
  var bcryptCost: String?
  @Option(help: "Connections to PostgreSQL.")
  var dbPoolSize: String?
  @Option(help: "Whether serve migrates what only adds: on, or off to only check.")
  var migrate: String?
  @Option(help: "trace, debug, info, notice, warning, error or critical.")
  var logLevel: String?
  @Option(help: "Such as login=30/minute,send=60/minute, or off.")
  var rateLimits: String?
  @Option(help: "Tokens that a user may spend in a month.")
  var monthlyTokenLimit: String?
  @Flag(help: "Instead of a weak JWT_SECRET, use a random one that is kept in .parley-dev-secret.")
  var dev = false

  private var flags: [Setting: String] {
    [
      .databaseURL: databaseURL, .jwtAlgorithm: jwtAlgorithm, .aiModelEndpoint: aiModelEndpoint,
      .aiProvider: aiProvider, .aiModel: aiModel, .aiTimeout: aiTimeout, .aiConnectTimeout: aiConnectTimeout,
      .aiFirstByteTimeout: aiFirstByteTimeout, .aiIdleTimeout: aiIdleTimeout, .aiRetries: aiRetries,
      .aiContextTokens: aiContextTokens, .aiPrices: aiPrices, .host: host, .port: port,
      .corsOrigins: corsOrigins, .bcryptCost: bcryptCost, .dbPoolSize: dbPoolSize, .migrate: migrate,
      .logLevel: logLevel,
      .rateLimits: rateLimits, .monthlyTokenLimit: monthlyTokenLimit,
    ].compactMapValues { $0 }
  }

  /// What `.env` of the current folder, the environment and these flags say.
  /// - Throws: `ConfigurationError`.
  func configuration() throws(ConfigurationError) -> Configuration {
    let dotEnv: String?
    do {
      dotEnv = try TextFile.read(".env")
    } catch {
      throw ConfigurationError("cannot read .env: \(error)")
    }
    let settings = try Settings(
      dotEnv: dotEnv, environment: ProcessInfo.processInfo.environment, flags: flags)
    return try Configuration(settings, secret: SigningSecret(dev: dev).resolve)
  }
}
