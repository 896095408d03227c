/// The files that SpecGen writes for a target. The build plugin announces them to the build (its file is a link to this
/// one), and the tool writes exactly them.
///
/// A file whose content stays the same is not written. The build remembers what its outputs looked like and does not
/// compare their times with the specification's, so that a comment in it compiles nothing, and the next build runs
/// nothing.
public enum OutputFiles {
  /// The module that stands on the runtime.
  public static let swift = [
    "Schemas.swift", "Schemas+JSON.swift", "Operations.swift", "Router.swift", "Tables.swift", "Queries.swift",
    "Lists.swift", "Rules.swift", "DatabaseSchema.swift", "Declarations.swift", "Documents.swift",
  ]

  /// A target of contract tests.
  public static let contract = ["ContractCases.swift"]
}
