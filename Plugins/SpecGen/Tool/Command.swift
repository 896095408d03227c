import SpecGenCore

/// How the commands read a specification.
struct ReadingOptions {
  /// Outside of which no file is read.
  var folder: String?
  var policy: SecurityPolicy

  init(_ arguments: inout Arguments, policy: SecurityPolicy = .required) throws(UsageError) {
    folder = arguments.option("--within")
    let others = SecurityPolicy.allCases.filter { $0 != policy }
    let word = try arguments.choice("--security", [policy.rawValue] + others.map(\.rawValue))
    self.policy = SecurityPolicy(rawValue: word) ?? policy
  }
}

/// One command of the tool.
enum Command {
  static let usage = """
    Usage:
      specgen check --spec FILE [--format text|json|sarif]
          Says what is wrong with the specification.
      specgen explain [CODE]
          Says what a kind of mistake is about, with an example; without CODE lists all of them.
      specgen lint --spec FILE [--format text|json|sarif]
          Says what could be better: names, missing descriptions, components that nothing uses.
      specgen generate --spec FILE --output DIR [--only swift|contract] [--runtime DIR]
          Writes a Swift package for the specification; with --only the sources alone. Files whose content stays the
          same are left alone. --runtime is the folder of Parley's package, by default the working directory.
      specgen stub OPERATION --spec FILE
          Prints the handler's method of an operation.
      specgen bundle --spec FILE [--format yaml|json] [--output FILE]
          Writes the specification as one file.
      specgen diff OLD NEW [--format text|markdown|json]
          Says what changes on the wire, in the databases and in Swift, and in which order to deploy. Exits with 0 when
          wire and databases are compatible, with 3 when something is risky there, with 4 when something breaks.

    Options of all that read a specification:
      --within DIR   refuses files that it refers to outside of this folder, as a build does that watches no other
      --security required|as-written
                     what an operation means that has no "security", nor has the document: a mistake, or that everybody may
                     call it, as OpenAPI says, with a warning. "generate" of a package takes documents as they are written.

    Exit codes: 0 all is well, 1 the specification has errors (lint: or warnings), 64 the command line is wrong.

    """

  private static let names = ["check", "explain", "lint", "generate", "stub", "bundle", "diff"]

  /// Runs the command and answers the exit code; what went wrong has been told.
  static func run(_ arguments: [String]) throws -> Int32 {
    var arguments = try Arguments(arguments)
    if arguments.wantsHelp || arguments.words == ["help"] {
      File.writeToStandardOutput(usage)
      return 0
    }
    guard let name = arguments.words.first else { throw UsageError(message: "no command is given") }
    arguments.words.removeFirst()
    switch name {
    case "check": return try check(&arguments)
    case "explain": return try explain(&arguments)
    case "lint": return try lint(&arguments)
    case "generate": return try generate(&arguments)
    case "stub": return try stub(&arguments)
    case "bundle": return try bundle(&arguments)
    case "diff": return try diff(&arguments)
    default:
      throw UsageError(
        message: "unknown command \(name)"
          + Suggestion.text(for: name, among: names, else: "; there are \(names.joined(separator: ", "))"))
    }
  }

  /// Reads a specification, without a word yet.
  static func read(_ spec: String, _ options: ReadingOptions) throws -> Pipeline.Reading {
    let access = FileAccess(read: { try? File.read($0) }, names: File.names, within: options.folder)
    return Pipeline.read(path: spec, source: try File.read(spec), access, options.policy)
  }

  private static func check(_ arguments: inout Arguments) throws -> Int32 {
    let spec = try arguments.required("--spec", of: "check", "FILE")
    let options = try ReadingOptions(&arguments)
    let format = try arguments.choice("--format", ["text", "json", "sarif"])
    try arguments.finish("check")
    let reading = try read(spec, options)
    write(reading, format)
    return reading.specification == nil ? 1 : 0
  }

  private static func lint(_ arguments: inout Arguments) throws -> Int32 {
    let spec = try arguments.required("--spec", of: "lint", "FILE")
    let options = try ReadingOptions(&arguments)
    let format = try arguments.choice("--format", ["text", "json", "sarif"])
    try arguments.finish("lint")
    let reading = try read(spec, options).linted()
    write(reading, format)
    return reading.hasFindings ? 1 : 0
  }

  /// Text is for people and goes to the standard error; what tools read goes to the standard output.
  private static func write(_ reading: Pipeline.Reading, _ format: String) {
    switch format {
    case "json": File.writeToStandardOutput(reading.json)
    case "sarif": File.writeToStandardOutput(reading.sarif)
    default: File.writeToStandardError(reading.text)
    }
  }

  private static func explain(_ arguments: inout Arguments) throws -> Int32 {
    let code = arguments.words.popLast()
    try arguments.finish("explain")
    guard let code else {
      File.writeToStandardOutput(Pipeline.explanations)
      return 0
    }
    guard let text = Pipeline.explanation(of: code) else {
      File.writeToStandardError(
        "specgen: error: there is no code \"\(code)\"\(Pipeline.suggestion(forCode: code))\n")
      return 1
    }
    File.writeToStandardOutput(text)
    return 0
  }

  private static func stub(_ arguments: inout Arguments) throws -> Int32 {
    guard let operation = arguments.words.popLast() else {
      throw UsageError(message: "stub needs the name of an operation")
    }
    let spec = try arguments.required("--spec", of: "stub", "FILE")
    let options = try ReadingOptions(&arguments)
    try arguments.finish("stub")
    guard let specification = try specification(spec, options) else { return 1 }
    switch specification.stub(of: operation) {
    case .success(let text):
      File.writeToStandardOutput(text)
      return 0
    case .failure(let error):
      File.writeToStandardError("specgen: error: \(error.message)\n")
      return 1
    }
  }

  private static func bundle(_ arguments: inout Arguments) throws -> Int32 {
    let spec = try arguments.required("--spec", of: "bundle", "FILE")
    let options = try ReadingOptions(&arguments)
    let output = arguments.option("--output")
    let isJSON = output.map { $0.hasSuffix(".json") } ?? false
    let format = try arguments.choice("--format", isJSON ? ["json", "yaml"] : ["yaml", "json"])
    try arguments.finish("bundle")
    let reading = try read(spec, options)
    File.writeToStandardError(reading.text)
    guard reading.specification != nil, let text = format == "json" ? reading.bundledJSON : reading.bundledYAML else {
      return 1
    }
    if let output { try File.write(text, to: output) } else { File.writeToStandardOutput(text) }
    return 0
  }

  /// A specification that is right; nil when what is wrong has been told.
  static func specification(_ spec: String, _ options: ReadingOptions) throws -> Pipeline.Specification? {
    let reading = try read(spec, options)
    File.writeToStandardError(reading.text)
    return reading.specification
  }
}
