extension Pipeline.Reading {
  /// The specification as one file, YAML; nil when it could not be read.
  package var bundledYAML: String? { document?.yaml }

  /// The same as JSON.
  package var bundledJSON: String? { document.map { $0.prettyJSON + "\n" } }
}
