/// The files that SpecGen writes for a target. The build plugin announces them to the build (its file is a link to this
/// one), and the tool writes exactly them.
///
/// A file whose content stays the same is not written. The build remembers what its outputs looked like and does not
/// compare their times with the specification's, so that a comment in it compiles nothing, and the next build runs
/// nothing.
public enum OutputFiles {
  /// The module that stands on the runtime.
  public static let swift =
    (1...shards).flatMap {
      ["Schemas\($0).swift", "Schemas\($0)+JSON.swift", "Operations\($0).swift", "Operations\($0)+HTTP.swift"]
    } + [
      "Router.swift", "Outgoing.swift", "Events.swift", "Patterns.swift", "Problems.swift", "Rules.swift",
      "Tables.swift", "Queries.swift", "Lists.swift",
      "DatabaseSchema.swift", "Declarations.swift", "Documents.swift",
    ]

  /// Files that types and operations are divided among: as many as let an edit compile a small part of a large API.
  public static let shards = 32

  /// A target of contract tests.
  public static let contract = ["ContractCases.swift"]
}
