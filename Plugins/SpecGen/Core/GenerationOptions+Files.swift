extension OutputFiles {
  /// What a file is a part of; nil for the types of the schemas, which are always written.
  static func kind(of file: String) -> GenerationOptions.Output? {
    switch file {
    case "Operations.swift", "Router.swift": .operations
    case "Tables.swift", "Queries.swift", "Lists.swift", "DatabaseSchema.swift", "Declarations.swift": .storage
    case "Documents.swift": .documents
    default: nil
    }
  }
}
