import ArgumentParser
import Logging

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// `parley serve`
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Serve the API, the docs and the chat page.")

  @OptionGroup var settings: SettingsOptions

  func run() async throws {
    try await reporting {
      let configuration = try settings.configuration()
      LoggingSystem.bootstrap { label in
        var handler = StreamLogHandler.standardError(label: label)
        handler.logLevel = configuration.logLevel
        return handler
      }
      // A client that leaves is told by the write that fails, not by a signal that ends the process.
      signal(SIGPIPE, SIG_IGN)
      let application = try await Application.start(configuration, logger: Logger(label: "parley"))
      try await application.run { port in
        say("parley is serving on \(application.address(port: port)) (\(application.summary))")
      }
    }
  }
}
