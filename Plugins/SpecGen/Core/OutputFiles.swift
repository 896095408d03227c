/// The files that SpecGen writes for a target. The build plugin announces them to the build (its file is a link to this
/// one), and the tool writes exactly them.
package enum OutputFiles {
  /// Touched by every run. The build compares outputs with what it saw last; the sources stay as they are when their
  /// content does, so that a comment in the specification compiles nothing.
  package static let stamp = "specgen.stamp"

  /// The module that stands on the runtime.
  package static let swift = [
    "Schemas.swift", "Schemas+JSON.swift", "Operations.swift", "Router.swift", "Tables.swift", "Queries.swift",
    "DatabaseSchema.swift", "Documents.swift",
  ]

  /// A target of contract tests.
  package static let contract = ["ContractCases.swift"]
}
