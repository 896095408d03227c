import ArgumentParser

/// The command line.
@main
struct Parley: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parley", abstract: "An AI chat backend whose whole API is api.yaml.", version: "1.0.0",
    subcommands: [Serve.self, Migrate.self, Check.self], defaultSubcommand: Serve.self)
}
