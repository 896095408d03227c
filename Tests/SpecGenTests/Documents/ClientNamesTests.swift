import Foundation
import TestSupport
import Testing

@testable import SpecGenCore

private func program(_ name: String) -> String? {
  ["/usr/bin/", "/usr/local/bin/"].map { $0 + name }.first { FileManager.default.fileExists(atPath: $0) }
}

/// The client of `Client/names.yaml`, where names of the API are those of something else.
@Suite struct ClientNamesTests {
  private static let folder = Files.package.appending(path: "Tests/SpecGenTests/Client")

  private static func api() throws -> API {
    try Pipeline.read(Files.bytes(folder.appending(path: "names.yaml"))).api
  }

  @Test(
    "Types in client.d.ts are apart from one another and from those of TypeScript",
    .enabled(if: program("tsc") != nil, "skipped: there is no tsc on this machine"))
  func types() async throws {
    let folder = try TemporaryFolder()
    try folder.write(ClientTypes(Self.api()).text, to: "client.d.ts")
    let usage = try Files.bytes(Self.folder.appending(path: "names.ts"))
    try folder.write(String(decoding: usage, as: UTF8.self), to: "names.ts")
    let process = try ChildProcess(
      program("tsc") ?? "tsc",
      [
        "--strict", "--noEmit", "--target", "es2022", "--module", "es2022", "--moduleResolution", "node", "--lib",
        "es2022,dom", folder.path + "/names.ts",
      ], environment: [:])
    let end = try await process.end()
    #expect(end == .exit(0), "\(process.output)")
  }

  @Test(
    "Members of an input are apart from one another",
    .enabled(if: program("node") != nil, "skipped: there is no Node on this machine"))
  func members() async throws {
    let folder = try TemporaryFolder()
    try folder.write(ClientScript(Self.api()).text, to: "client.mjs")
    let process = try ChildProcess(
      program("node") ?? "node", ["--test", Self.folder.appending(path: "names.test.mjs").path],
      environment: ["CLIENT": folder.path + "/client.mjs"])
    let end = try await process.end()
    #expect(end == .exit(0), "\(process.output)")
  }
}
