import Foundation
import JSON
import TestSupport

/// Generated types, compiled and run on values: what they say of each.
enum SwiftHarness {
  /// The answers in the order of the cases: the faults as `POINTER CODE`, sorted, or what is wrong with a value that was
  /// accepted.
  ///
  /// - Parameter cases: `[TYPE, IS REQUEST, VALUE]` each.
  static func answers(to cases: [JSONValue], files: [(name: String, text: String)], types: [String]) async throws
    -> [[String]]
  {
    let folder = try TemporaryFolder()
    for file in files { try folder.write(file.text, to: file.name) }
    let table = types.map { "  \"\($0)\": answer(as: \($0).self)," }.joined(separator: "\n")
    let readers = "let readers: [String: ([UInt8], Bool) -> [String]] = [\n\(table)\n]"
    try folder.write("\(main)\n\(readers)\n\(end)", to: "main.swift")
    try folder.write(String(decoding: JSONWriter.write(cases), as: UTF8.self), to: "cases.json")
    let build = Programs.path(of: ".")
    let names = files.map(\.name).joined(separator: " ")
    try await run(
      "swiftc -swift-version 6 -j 2 -I \(build)/Modules \(names) main.swift \(build)/{JSON,Values}.build/*.o -o cases",
      in: folder)
    try await run("./cases", in: folder)
    let answers = try Data(contentsOf: URL(filePath: folder.path + "/answers.json"))
    return (try JSONReader.read(JSONValue.self, from: Array(answers)).array ?? [])
      .map { ($0.array ?? []).compactMap(\.string).sorted() }
  }

  private static func run(_ command: String, in folder: TemporaryFolder) async throws {
    let process = try ChildProcess(
      "bash", ["-c", command], environment: ProcessInfo.processInfo.environment, folder: folder.path)
    guard try await process.end(within: 900) == .exit(0) else { throw Failure(description: process.output) }
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let main = """
    import Foundation
    import JSON

    typealias Shape = Codable & Hashable & JSONDecodable & JSONEncodable

    func answer<Value: Shape>(as type: Value.Type) -> ([UInt8], Bool) -> [String] {
      { text, isRequest in
        do throws(JSONReadError) {
          let value = try JSONReader.read(from: text, refusesReadOnly: isRequest) { Value.decode(from: &$0) }
          do {
            return try trouble(with: value)
          } catch {
            return ["an accepted value: \\(error)"]
          }
        } catch {
          switch error {
          case .syntax(let error): return ["\\(error)"]
          case .faults(let faults): return faults.map { "\\($0.pointer) \\($0.code)" }
          }
        }
      }
    }

    /// What is not as it must be with a value that was read.
    func trouble<Value: Shape>(with value: Value) throws -> [String] {
      let written = JSONWriter.write(value)
      guard try JSONReader.read(Value.self, from: written) == value else { return ["reads back as another value"] }
      let coded = try JSONEncoder().encode([value])
      guard try JSONReader.read([Value].self, from: Array(coded)) == [value] else { return ["is coded otherwise"] }
      let decoded = try JSONDecoder().decode([Value].self, from: Data([91] + written + [93]))
      guard decoded == [value] else { return ["is decoded otherwise"] }
      let ours = try JSONReader.read(JSONValue.self, from: written)
      let theirs = try JSONReader.read(JSONValue.self, from: Array(coded)).array?.first
      return ours == theirs ? [] : ["is encoded otherwise"]
    }
    """

  private static let end = """
    let text = try Array(Data(contentsOf: URL(filePath: "cases.json")))
    let cases = try JSONReader.read(JSONValue.self, from: text).array ?? []
    let answers = cases.map { item -> [String] in
      guard let name = item[0]?.string, let read = readers[name], let value = item[2] else { return ["no such case"] }
      return read(JSONWriter.write(value), item[1]?.bool ?? false)
    }
    try Data(JSONWriter.write(answers)).write(to: URL(filePath: "answers.json"))
    """
}
