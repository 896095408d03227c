extension OutputFiles {
  /// What a file is a part of; nil for the types of the schemas, which are always written.
  static func kind(of file: String) -> GenerationOptions.Output? {
    switch file.filter({ !$0.isNumber }) {
    case "Operations.swift", "Operations+HTTP.swift", "Router.swift", "Outgoing.swift", "Events.swift",
      "Problems.swift":
      .operations
    case "Tables.swift", "Queries.swift", "Lists.swift", "DatabaseSchema.swift", "Declarations.swift": .storage
    case "Documents.swift": .documents
    default: nil
    }
  }
}
