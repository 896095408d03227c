/// What a tag means.
enum YAMLTag {
  case none
  /// `!`: not resolved, so a string.
  case nonSpecific
  /// `!!str` and the others of YAML's core schema, without the prefix.
  case core(String)
  case foreign(String)

  init(_ tag: String?) {
    let prefix = "tag:yaml.org,2002:"
    switch tag {
    case nil: self = .none
    case "!": self = .nonSpecific
    case let tag? where tag.hasPrefix(prefix):
      let name = String(tag.dropFirst(prefix.count))
      self = ["null", "bool", "int", "float", "str"].contains(name) ? .core(name) : .foreign("!!" + name)
    case let tag?: self = .foreign(tag)
    }
  }

  var foreignTag: String? {
    switch self {
    case .foreign("!!map"), .foreign("!!seq"): nil
    case .foreign(let tag): tag
    default: nil
    }
  }
}
