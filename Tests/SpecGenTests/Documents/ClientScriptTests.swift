import Foundation
import TestSupport
import Testing

@testable import SpecGenCore

/// Clients, run by Node.
@Suite(.enabled(if: Node.isHere, "skipped: there is no Node on this machine")) struct ClientScriptTests {
  private func test(_ name: String, clientOf specification: URL) async throws {
    let api = try Pipeline.read(Files.bytes(specification)).api
    try await Node.test(Files.clients.appending(path: "\(name).test.mjs").path, client: ClientScript(api).text)
  }

  @Test("The client writes parameters and bodies as the server reads them")
  func requests() async throws {
    try await test("requests", clientOf: Files.goldens.appending(path: "Swift/requests/api.yaml"))
  }

  @Test("The client reads streams wherever they are cut, and goes on with those that break")
  func streams() async throws {
    try await test("streams", clientOf: Files.goldens.appending(path: "Swift/streams/api.yaml"))
  }

  @Test("Members of an input are apart from one another")
  func members() async throws {
    try await test("names", clientOf: Files.clients.appending(path: "names.yaml"))
  }
}
