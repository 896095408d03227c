import Foundation
public import JSON

/// Node, which runs the generated client.
public enum Node {
  /// Whether it is here; tests that need it say so when it is not.
  public static let isHere = Programs.isInstalled("node")

  /// Runs a file of Node's own tests against a client, whose path the environment tells as `CLIENT`.
  ///
  /// - Throws: what Node printed, where a test fails.
  public static func test(_ file: String, client: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write(client, to: "client.mjs")
    try await run(["--test", file], ["CLIENT": folder.path + "/client.mjs"], in: folder)
  }

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
    try await run(["run.mjs"], in: folder)
    let answers = try Data(contentsOf: URL(filePath: folder.path + "/answers.json"))
    return (try JSONReader.read(JSONValue.self, from: Array(answers)).array ?? [])
      .map { ($0.array ?? []).compactMap(\.string).sorted() }
  }

  private static func run(
    _ arguments: [String], _ more: [String: String] = [:], in folder: TemporaryFolder
  ) async throws {
    let environment = ProcessInfo.processInfo.environment.merging(more) { $1 }
    let node = try ChildProcess("node", arguments, environment: environment, folder: folder.path)
    guard try await node.end(within: 300) == .exit(0) else { throw NodeError(output: node.output) }
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
