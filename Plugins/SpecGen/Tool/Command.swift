import SpecGenCore

/// A command line that cannot be understood.
struct UsageError: Error {
  var message: String
}

/// One command of the tool.
struct Command {
  static let usage = """
    Usage:
      specgen generate --spec FILE --output DIR [--only swift|contract] [--within DIR]
          Writes Swift for the specification; files whose content stays the same are left alone. With --within, files
          that it refers to must be in that folder, as a build demands that watches no other.
      specgen check --spec FILE
          Says what is wrong with the specification.
      specgen stub OPERATION --spec FILE
          Prints the handler's method of an operation.

    """

  private enum Action {
    case generate(output: String, selections: [Pipeline.Selection])
    case check
    case stub(operation: String)
    case help
  }

  private let spec: String
  /// Where all other files of the specification are; nil when they may lie anywhere.
  private let folder: String?
  private let action: Action

  init(_ arguments: [String]) throws(UsageError) {
    var words: [String] = []
    var options: [String: String] = [:]
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("-") else {
        words.append(argument)
        continue
      }
      if argument == "--help" || argument == "-h" {
        (spec, folder, action) = ("", nil, .help)
        return
      }
      guard ["--spec", "--output", "--only", "--within"].contains(argument) else {
        throw UsageError(message: "unknown option \(argument)")
      }
      guard let value = rest.popFirst() else { throw UsageError(message: "\(argument) needs a value") }
      options[argument] = value
    }
    guard let name = words.first else { throw UsageError(message: "no command is given") }
    guard let spec = options["--spec"] else { throw UsageError(message: "\(name) needs --spec FILE") }
    self.spec = spec
    folder = options["--within"]
    action = try Self.action(name, Array(words.dropFirst()), options)
  }

  private static func action(
    _ name: String, _ words: [String], _ options: [String: String]
  ) throws(UsageError) -> Action {
    if name != "stub", let word = words.first { throw UsageError(message: "unexpected argument \(word)") }
    if name != "generate", options["--output"] != nil || options["--only"] != nil {
      throw UsageError(message: "--output and --only are options of generate")
    }
    switch name {
    case "generate":
      guard let output = options["--output"] else { throw UsageError(message: "generate needs --output DIR") }
      guard let only = options["--only"] else {
        return .generate(output: output, selections: Pipeline.Selection.allCases)
      }
      guard let selection = Pipeline.Selection(rawValue: only) else {
        throw UsageError(message: "--only takes swift or contract, not \(only)")
      }
      return .generate(output: output, selections: [selection])
    case "check": return .check
    case "stub":
      guard words.count == 1 else { throw UsageError(message: "stub needs the name of one operation") }
      return .stub(operation: words[0])
    default: throw UsageError(message: "unknown command \(name)")
    }
  }

  /// Whether all went well; what did not has been told.
  func run() throws(FileError) -> Bool {
    if case .help = action {
      File.writeToStandardOutput(Self.usage)
      return true
    }
    let access = FileAccess(read: { try? File.read($0) }, names: File.names, within: folder)
    let reading = Pipeline.read(path: spec, source: try File.read(spec), access)
    File.writeToStandardError(reading.text)
    guard let specification = reading.specification else { return false }
    switch action {
    case .help, .check: break
    case .generate(let output, let selections):
      try File.makeDirectory(output)
      for file in selections.flatMap({ specification.files($0) }) {
        try File.write(file.text, to: "\(output)/\(file.name)")
      }
    case .stub(let operation):
      switch specification.stub(of: operation) {
      case .success(let text): File.writeToStandardOutput(text)
      case .failure(let error):
        File.writeToStandardError("specgen: error: \(error.message)\n")
        return false
      }
    }
    return true
  }
}
