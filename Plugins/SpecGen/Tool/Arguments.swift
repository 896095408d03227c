import SpecGenCore

/// A command line that cannot be understood.
struct UsageError: Error {
  var message: String
}

/// A command line in its parts: words, and options with a value each.
struct Arguments {
  var words: [String] = []
  private var options: [String: String] = [:]
  var wantsHelp = false

  private static let known = ["--spec", "--output", "--only", "--within", "--security", "--format", "--runtime"]

  init(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("-") else {
        words.append(argument)
        continue
      }
      if argument == "--help" || argument == "-h" {
        wantsHelp = true
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard Self.known.contains(parts[0]) else {
        throw UsageError(
          message: "unknown option \(parts[0])"
            + Suggestion.text(
              for: parts[0], among: Self.known, else: "; there are \(Self.known.joined(separator: ", "))"))
      }
      guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
        throw UsageError(message: "\(argument) needs a value")
      }
      options[parts[0]] = value
    }
  }

  /// The value of an option, which is used up.
  mutating func option(_ name: String) -> String? { options.removeValue(forKey: name) }

  /// The value of an option that must be there.
  mutating func required(_ name: String, of command: String, _ value: String) throws(UsageError) -> String {
    guard let found = option(name) else { throw UsageError(message: "\(command) needs \(name) \(value)") }
    return found
  }

  /// One of a closed set of words; the first one when there is no such option.
  mutating func choice(_ name: String, _ words: [String]) throws(UsageError) -> String {
    guard let word = option(name) else { return words[0] }
    if words.contains(word) { return word }
    throw UsageError(
      message: "\(name) takes \(words.joined(separator: ", ")), not \(word)" + Suggestion.text(for: word, among: words))
  }

  /// Throws when something is left that the command does not take.
  func finish(_ command: String) throws(UsageError) {
    if let word = words.first { throw UsageError(message: "\(command) takes no \"\(word)\"") }
    if let name = options.keys.min() { throw UsageError(message: "\(name) is no option of \(command)") }
  }
}
