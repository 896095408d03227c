/// Why the server cannot start as it is configured: one line that says what, why and what to do.
struct ConfigurationError: Error, Hashable, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }

  /// `PORT: "abc" is not a port (1 to 65535)`. Values of secrets do not belong here.
  init(_ setting: Setting, _ value: String, _ fault: String) {
    description = "\(setting.rawValue): \"\(value)\" \(fault)"
  }

  init(_ setting: Setting, _ sentence: String) {
    description = "\(setting.rawValue): \(sentence)"
  }
}
