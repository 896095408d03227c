/// One step through a YAML stream, as libyaml tells it; text is already copied.
struct YAMLEvent {
  enum Kind {
    case streamStart
    case streamEnd
    case documentStart
    case documentEnd
    case alias(String)
    case scalar(String, YAMLScalar.Style, YAMLProperties)
    case sequenceStart(YAMLProperties)
    case sequenceEnd
    case mappingStart(YAMLProperties)
    case mappingEnd
  }

  var kind: Kind
  var place: Place
}

/// What may stand before a node: `&anchor` and `!tag`.
struct YAMLProperties {
  var anchor: String?
  /// The resolved tag; nil where none is written.
  var tag: String?
}
