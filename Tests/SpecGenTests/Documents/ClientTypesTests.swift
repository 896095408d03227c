import Foundation
import TestSupport
import Testing

@testable import SpecGenCore

@Suite struct ClientTypesTests {
  /// Of `Client/names.yaml`, where names of the API are those of something else.
  @Test(
    "Types in client.d.ts are apart from one another and from those of TypeScript",
    .enabled(if: Programs.isInstalled("tsc"), "skipped: there is no tsc on this machine"))
  func names() async throws {
    let api = try Pipeline.read(Files.bytes(Files.clients.appending(path: "names.yaml"))).api
    let folder = try TemporaryFolder()
    try folder.write(ClientTypes(api).text, to: "client.d.ts")
    let usage = try Files.bytes(Files.clients.appending(path: "names.ts"))
    try folder.write(String(decoding: usage, as: UTF8.self), to: "names.ts")
    let process = try ChildProcess(
      "tsc",
      [
        "--strict", "--noEmit", "--target", "es2022", "--module", "es2022", "--moduleResolution", "node", "--lib",
        "es2022,dom", folder.path + "/names.ts",
      ], environment: ProcessInfo.processInfo.environment)
    let end = try await process.end()
    #expect(end == .exit(0), "\(process.output)")
  }
}
