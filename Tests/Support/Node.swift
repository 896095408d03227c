import Foundation
public import JSON

/// Node, which runs the generated client.
public enum Node {
  /// Whether it is here; tests that need it say so when it is not.
  public static let isHere = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .contains { FileManager.default.isExecutableFile(atPath: "\($0)/node") }

  /// What the validators of clients say of values, in the order of the cases.
  ///
  /// - Parameters:
  ///   - cases: `[SCHEMA, IS REQUEST, VALUE]` each, and the client's number where there are several.
  ///   - clients: the texts of `client.js`.
  /// - Returns: the faults of each value as `POINTER CODE`, sorted.
  public static func faults(of cases: [JSONValue], clients: [String]) async throws -> [[String]] {
    let folder = try TemporaryFolder()
    for (number, client) in clients.enumerated() { try folder.write(client, to: "client\(number).mjs") }
    try folder.write(script, to: "run.mjs")
    try folder.write(String(decoding: JSONWriter.write(cases), as: UTF8.self), to: "cases.json")
    let node = try ChildProcess(
      "node", ["run.mjs"], environment: ProcessInfo.processInfo.environment, folder: folder.path)
    guard try await node.end(within: 300) == .exit(0) else { throw NodeError(output: node.output) }
    let answers = try Data(contentsOf: URL(filePath: folder.path + "/answers.json"))
    return (try JSONReader.read(JSONValue.self, from: Array(answers)).array ?? [])
      .map { ($0.array ?? []).compactMap(\.string).sorted() }
  }

  private static let script = """
    import { readFileSync, writeFileSync } from "node:fs";
    const answers = [];
    for (const [name, isRequest, value, number = 0] of JSON.parse(readFileSync("cases.json", "utf8"))) {
      const { validate } = await import(`./client${number}.mjs`);
      answers.push(validate[name](value, { isRequest }).map((fault) => `${fault.pointer} ${fault.code}`));
    }
    writeFileSync("answers.json", JSON.stringify(answers));
    """
}

/// Node ended with an error.
public struct NodeError: Error, CustomStringConvertible {
  let output: String

  public var description: String { output }
}
