import Foundation
import TestSupport
import Testing

@testable import SpecGenCore

private let node = ["/usr/bin/node", "/usr/local/bin/node"].first { FileManager.default.fileExists(atPath: $0) }

/// The client of `Goldens/Swift/requests/api.yaml`, run by Node.
@Suite(.enabled(if: node != nil, "skipped: there is no Node on this machine")) struct ClientRequestsTests {
  @Test("The client writes parameters and bodies as the server reads them")
  func requests() async throws {
    let api = try Pipeline.read(Files.bytes(Files.goldens.appending(path: "Swift/requests/api.yaml"))).api
    let folder = try TemporaryFolder()
    try folder.write(ClientScript(api).text, to: "client.mjs")
    let test = Files.package.appending(path: "Tests/SpecGenTests/Client/requests.test.mjs").path
    let process = try ChildProcess(
      node ?? "node", ["--test", test], environment: ["CLIENT": folder.path + "/client.mjs"])
    let end = try await process.end()
    #expect(end == .exit(0), "\(process.output)")
  }
}
