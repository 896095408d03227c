import JSON
import TestSupport
import Testing

/// Everything that `api.yaml` promises and forbids, asked of the real server over a socket.
@Suite struct ContractTests {
  @Test(
    "Every operation takes what api.yaml allows, refuses what it forbids, and answers as it declares",
    arguments: Engine.allCases)
  func everyCaseHolds(on engine: Engine) async throws {
    let cases = try ContractCase.all
    #expect(cases.count > 100)
    try await Stand.serving(engine) { _, parley in
      let document = try await parley.client.get("/openapi.json").json
      let contract = Contract(document: document)
      let caller = Caller(client: parley.client, cases: cases)
      try await caller.signUp(contract)
      for item in cases where item.name != caller.account.name {
        let reply = try await caller.send(item)
        for failure in contract.failures(of: reply, to: item) {
          Issue.record("\(item.name): \(failure)\n\(reply.status) \(reply.text.prefix(600))")
        }
      }
    }
  }

  @Test("No operation that has a caller does anything for one whose session has ended", arguments: Engine.allCases)
  func endedSessionsAreDead(on engine: Engine) async throws {
    let cases = try ContractCase.all
    try await Stand.serving(engine) { _, parley in
      let contract = Contract(document: try await parley.client.get("/openapi.json").json)
      let caller = Caller(client: parley.client, cases: cases)
      try await caller.signUp(contract)
      let token = try await caller.endedToken()
      let secured = cases.filter { $0.expectation == .success && $0.credentials == .valid }
      #expect(Set(secured.map(\.operation)).count > 10)
      for item in secured {
        let reply = try await caller.send(item, token: token)
        #expect(reply.status == 401, "\(item.name): \(reply.text.prefix(300))")
      }
    }
  }

  @Test("Every operation of the document has a case that must succeed")
  func everyOperationIsAsked() async throws {
    let cases = try ContractCase.all
    try await Stand.serving(.sqlite) { _, parley in
      let document = try await parley.client.get("/openapi.json").json
      let operations = Contract(document: document).operationIDs
      #expect(!operations.isEmpty)
      let asked = Set(cases.filter { $0.expectation == .success }.map(\.operation))
      #expect(operations.filter { !asked.contains($0) } == [])
    }
  }

  @Test("The document that the server shows keeps its tables to itself")
  func tablesStay() async throws {
    try await Stand.serving(.sqlite) { _, parley in
      for path in ["/openapi.json", "/openapi.yaml", "/docs"] {
        let text = try await parley.client.get(path).text
        #expect(text.contains("/auth/login"))
        #expect(!text.contains("password_hash"), "\(path) tells of a column of the server's own")
      }
    }
  }
}
