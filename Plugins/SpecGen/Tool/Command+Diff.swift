import SpecGenCore

extension Command {
  static func diff(_ arguments: inout Arguments) throws -> Int32 {
    guard arguments.words.count == 2 else { throw UsageError(message: "diff needs two files, OLD and NEW") }
    let files = arguments.words
    arguments.words = []
    let format = try arguments.choice("--format", ["text", "markdown", "json"])
    let options = try ReadingOptions(&arguments)
    try arguments.finish("diff")
    guard let old = try specification(files[0], options), let new = try specification(files[1], options)
    else { return 1 }
    let report = DiffReport(from: old, to: new)
    switch format {
    case "markdown": File.writeToStandardOutput(report.markdown)
    case "json": File.writeToStandardOutput(report.json)
    default: File.writeToStandardOutput(report.text)
    }
    return report.exitCode
  }
}
