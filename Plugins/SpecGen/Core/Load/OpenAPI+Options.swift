extension OpenAPI {
  /// `x-specgen`.
  struct Options: Equatable, Sendable {
    var generation = GenerationOptions()
    var security: SecurityPolicy?
    /// The tags of the operations that are generated; all where there are none.
    var tags: [Located<String>] = []
    /// Their paths, where `*` at the end stands for whatever follows; all where there are none.
    var paths: [Located<String>] = []
    /// Where the key stands.
    var place: Place

    var isFilter: Bool { !tags.isEmpty || !paths.isEmpty }
  }
}
