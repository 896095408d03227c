import AIClient
import Generated
import HTTP
import HTTPServer
import HTTPTypes
import Handlers
import Logging
import Security
import ServiceLifecycle
import Storage
import UnixSignals
import Values

/// The one place where the concrete parts of a running server meet.
struct Application {
  /// How long what runs may go on after SIGTERM: less than what orchestrators wait before they kill.
  private static let shutdownGrace = Duration.seconds(25)
  /// How long running turns may go on after SIGTERM; what came of the others is saved then.
  private static let turnGrace = Duration.seconds(20)
  /// How long after that the last of them may take to be saved.
  private static let savingGrace = Duration.seconds(5)
  /// Requests that are answered at once; streams that have begun do not count.
  private static let inFlightLimit = 2048
  /// Bytes of a request's body: room for the longest message in the widest encoding.
  private static let bodyLimit = 1 << 20

  private let configuration: Configuration
  private let database: any Database
  private let model: any ChatModel
  private let hasher: PasswordHasher
  private let signer: TokenSigner
  private let turns: Turns
  private let logger: Logger

  /// Opens and migrates the database, and makes everything else ready.
  static func start(_ configuration: Configuration, logger: Logger) async throws -> Application {
    let model = try chatModel(configuration.ai)
    let signer = try TokenSigner(secret: configuration.jwtSecret, algorithm: configuration.jwtAlgorithm)
    let database = try await openDatabase(configuration)
    do {
      try await migrate(database, configuration.migrations, logger)
    } catch {
      await database.close()
      throw error
    }
    var limits = TurnLimits()
    limits.contextTokens = configuration.ai.contextTokens
    let turns = Turns(
      database: database, model: model,
      allowance: MonthlyAllowance(database: SecuredDatabase(database), limit: configuration.monthlyTokenLimit),
      prices: configuration.ai.prices, limits: limits, log: logger)
    return Application(
      configuration: configuration, database: database, model: model,
      hasher: PasswordHasher(cost: configuration.bcryptCost), signer: signer, turns: turns, logger: logger)
  }

  /// Takes the steps that run by themselves, unless told not to, and looks at what is left.
  private static func migrate(
    _ database: any Database, _ migrations: Configuration.Migrations, _ logger: Logger
  ) async throws {
    let tables = DatabaseSchema.tables
    if migrations == .on {
      let options = Migration.Options(author: Migration.operatingSystemUser, source: Documents.digest)
      for step in try await Migration.apply(tables, to: database, options).steps {
        logger.notice("migrated", metadata: ["step": "\(step.description)"])
      }
    }
    let left = try await Migration.plan(tables, for: database)
    try left.checkThatNothingIsMissing()
    for step in left.steps {
      logger.notice("left alone, see parley migrate --plan", metadata: ["step": "\(step.description)"])
    }
  }

  /// Serves until SIGTERM or SIGINT, then lets what runs finish, within a bound.
  func run(onRunning: @escaping @Sendable (_ port: Int) -> Void) async throws {
    var limits = HTTPLimits()
    limits.shutdownGrace = Application.shutdownGrace
    let service = HTTPService(
      host: configuration.host, port: configuration.port, responder: try makeResponder(), limits: limits,
      logger: logger, onRunning: onRunning)
    // Its lines would tell of what the log below tells already.
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .warning)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        // The last one is told of the end first.
        services: [service, TurnsService(turns: turns, grace: Application.turnGrace)],
        gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet))
    let result: Result<Void, any Error>
    do {
      result = .success(try await group.run())
    } catch {
      result = .failure(error)
    }
    // Turns whose clients left have no request that is waited for.
    await turns.drained(within: Application.savingGrace)
    hasher.shutdown()
    await database.close()
    try result.get()
    logger.notice("stopped")
  }

  /// `http://localhost:8000`, to be opened in a browser.
  func address(port: Int) -> String {
    switch configuration.host {
    case "127.0.0.1", "0.0.0.0", "::", "::1": "http://localhost:\(port)"
    case let host where host.contains(":"): "http://[\(host)]:\(port)"
    case let host: "http://\(host):\(port)"
    }
  }

  /// `SQLite parley.db, built-in model`
  var summary: String { "\(configuration.database.summary), \(configuration.ai)" }

  private func makeResponder() throws -> any Responder {
    let sessions = Sessions(
      database: database, signer: signer, refreshKey: try RefreshKey(secret: configuration.jwtSecret))
    let secured = SecuredDatabase(database)
    let allowance = MonthlyAllowance(database: secured, limit: configuration.monthlyTokenLimit)
    let router = Router(
      auth: AuthHandlers(database: database, hasher: hasher, sessions: sessions),
      users: UsersHandlers(database: secured, hasher: hasher, turns: turns, model: model),
      chat: ChatHandlers(database: secured, model: model, turns: turns),
      usage: UsageHandlers(database: secured, allowance: allowance),
      health: HealthHandlers(database: database, model: model),
      authenticator: sessions, bodyLimit: Application.bodyLimit, problem: problem)
    let operation: @Sendable (Request) -> String? = { Site.route(of: $0) ?? Router.operation(for: $0) }
    let signer = self.signer
    let limited = configuration.rateLimits.layer(
      operation: operation, client: { Client.of($0, operation: operation($0), signer: signer) }, next: router)
    let bounded = InFlightLimit(Application.inFlightLimit, next: limited)
    let site = Site(files: Site.files, next: bounded)
    let crossOrigin = CrossOrigin(origins: configuration.origins, next: site)
    let logged = AccessLog(logger: logger, operation: operation, next: crossOrigin)
    return Metrics(operation: operation, next: logged)
  }

  /// What a client is told of an error that no operation declares; operators find the error in the log.
  private var problem: @Sendable (any Error, Request) -> Problem {
    { [logger] error, request in
      let problem = Problems.problem(for: error)
      if problem.status >= 500 {
        logger.error(
          "a request failed", metadata: ["error": "\(String(reflecting: error))", "request_id": "\(request.id)"])
      }
      return problem
    }
  }
}

/// Settles turns of instances that are gone and hears those that are there, for as long as the server runs.
private struct TurnsService: Service {
  let turns: Turns
  let grace: Duration

  func run() async {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await turns.recover() }
        group.addTask { await turns.listen() }
      }
    }
    turns.shutDown(within: grace)
  }
}
