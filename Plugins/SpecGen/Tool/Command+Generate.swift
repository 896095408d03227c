import SpecGenCore

extension Command {
  static func generate(_ arguments: inout Arguments) throws -> Int32 {
    let spec = try arguments.required("--spec", of: "generate", "FILE")
    let output = try arguments.required("--output", of: "generate", "DIR")
    let runtime = arguments.option("--runtime")
    let only = try arguments.choice("--only", ["package"] + Pipeline.Selection.allCases.map(\.rawValue))
    let options = try ReadingOptions(&arguments, policy: only == "package" ? .asWritten : .required)
    try arguments.finish("generate")
    guard let specification = try specification(spec, options) else { return 1 }
    if let selection = Pipeline.Selection(rawValue: only) {
      try write(specification.files(selection), to: output)
      return 0
    }
    let package = GeneratedPackage(runtime: try File.absolute(runtime ?? "."))
    guard File.exists("\(package.runtime)/Sources/Runtime/HTTP") else {
      throw UsageError(
        message: "\(package.runtime) is not the folder of Parley's package, on whose runtime the code stands; "
          + "name it with --runtime DIR")
    }
    try write(package.files, to: output)
    let columns = GeneratedFile(
      name: "JSONColumns.swift", text: String(decoding: try File.read(package.written), as: UTF8.self))
    try write(specification.files(.swift) + [columns], to: "\(output)/Sources/\(GeneratedPackage.target)")
    return 0
  }

  private static func write(_ files: [GeneratedFile], to folder: String) throws(FileError) {
    try File.makeDirectory(folder)
    for file in files { try File.write(file.text, to: "\(folder)/\(file.name)") }
  }
}
