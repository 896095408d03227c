extension Loader {
  mutating func options(_ fields: Fields) -> OpenAPI.Options? {
    guard let node = fields["x-specgen"], let place = fields.place(of: "x-specgen"),
      let fields = self.fields(node, .options)
    else { return nil }
    var options = OpenAPI.Options(place: place)
    options.security = choice(fields["security"], "\"security\" of x-specgen", of: SecurityPolicy.self)?.value
    if let access = choice(fields["access"], "\"access\"", of: GenerationOptions.Access.self) {
      options.generation.access = access.value
    }
    if fields["outputs"] != nil {
      options.generation.outputs = list(fields["outputs"], "\"outputs\"").compactMap {
        choice($0, "an item of \"outputs\"", of: GenerationOptions.Output.self)?.value
      }
    }
    options.tags = strings(fields["tags"], "\"tags\" of x-specgen")
    options.paths = strings(fields["paths"], "\"paths\" of x-specgen")
    return options
  }
}
