/// What was configured, as text: `.env`, then the environment, then flags, each over the one before.
struct Settings {
  private var values: [Setting: String] = [:]

  /// - Parameters:
  ///   - dotEnv: the text of `.env`, when there is one.
  ///   - flags: what the command line says.
  /// - Throws: `ConfigurationError` for a name that is nearly one of ours, and for a `.env` that cannot be read.
  init(
    dotEnv: String? = nil, environment: [String: String] = [:], flags: [Setting: String] = [:]
  ) throws(ConfigurationError) {
    if let dotEnv {
      for entry in try DotEnv(dotEnv, environment: environment).entries {
        if let setting = Setting(rawValue: entry.name) {
          set(setting, entry.value)
        } else if let meant = Setting.meant(by: entry.name) {
          throw ConfigurationError(".env:\(entry.line): \(entry.name) is unknown; did you mean \(meant.rawValue)?")
        }
      }
    }
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
      if let setting = Setting(rawValue: name) {
        set(setting, value)
      } else if name.hasPrefix("PARLEY_"), let meant = Setting.meant(by: String(name.dropFirst(7))) {
        throw ConfigurationError("\(name) is unknown; did you mean \(meant.rawValue)?")
      }
    }
    for (setting, value) in flags { set(setting, value) }
  }

  /// The value of a setting; nil when it is not set or empty.
  subscript(setting: Setting) -> String? { values[setting] }

  private mutating func set(_ setting: Setting, _ value: String) {
    values[setting] = value.isEmpty ? nil : value
  }
}
