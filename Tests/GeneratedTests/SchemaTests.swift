import Foundation
import Generated
import JSON
import Testing
import Values

/// The generated schemas are read and written by our coding, and by everyone else's coders through it.
@Suite struct SchemaTests {
  private func check<Value: Codable & Hashable & JSONEncodable & JSONDecodable>(_ value: Value) throws {
    let ours = JSONWriter.write(value)
    let foundations = try JSONEncoder().encode(value)
    #expect(try JSONReader.read(Value.self, from: ours) == value)
    #expect(try JSONReader.read(Value.self, from: Array(foundations)) == value)
    #expect(try JSONDecoder().decode(Value.self, from: Data(ours)) == value)
    #expect(try names(foundations) == names(Data(ours)))
  }

  /// Which members there are: one that is null is written, one that is absent is not.
  private func names(_ object: Data) throws -> Set<String> {
    Set(try JSONDecoder().decode(JSONValue.self, from: object).object?.members.map(\.name) ?? [])
  }

  @Test("Scalars, enums and arrays survive, in our coding and in Foundation's")
  func message() throws {
    try check(
      Message(
        id: UUID.v7(), conversationID: UUID.v7(), parentID: nil, role: .assistant, content: "é\n\u{1}\"\\ 👩‍👩‍👧 \u{2028}",
        attachments: ["a", ""], status: .complete, finishReason: "stop", model: nil,
        createdAt: Timestamp(milliseconds: 1_767_323_045_678)))
  }

  @Test("Dates, numbers and nested objects survive, in our coding and in Foundation's")
  func report() throws {
    let totals = UsageTotals(promptTokens: .max, completionTokens: 0, totalTokens: 1, turns: 2, cost: 0.1)
    let bucket = UsageBucket(key: "day", promptTokens: 1, completionTokens: 2, totalTokens: 3, turns: 1, cost: 1e-9)
    try check(
      UsageReport(
        from: CalendarDate(iso8601: "2026-02-28"), to: nil, totals: totals, buckets: [bucket, bucket], limit: nil,
        remaining: 5))
  }

  @Test(
    "Absent, null and a value stay three things, in our coding and in Foundation's",
    arguments: [Presence<String>.absent, .null, .value("x")])
  func presence(model: Presence<String>) throws {
    try check(PreferencesChange(model: model, temperature: .value(2)))
  }

  @Test("A property that is left out is not written, one that is null is")
  func absence() {
    let change = PreferencesChange(model: .null)
    #expect(String(decoding: JSONWriter.write(change), as: UTF8.self) == #"{"model":null}"#)
    #expect(String(decoding: JSONWriter.write(ConversationChange(pinned: true)), as: UTF8.self) == #"{"pinned":true}"#)
  }

  @Test("What a schema does not know is ignored, unless it says that it has no other members")
  func otherMembers() throws {
    let model = Array(#"{"id":"m","default":true,"new":[1,{"a":null}]}"#.utf8)
    #expect(try JSONReader.read(Model.self, from: model) == Model(id: "m", default: true))
    #expect(throws: JSONReadError.self) {
      try JSONReader.read(ConversationChange.self, from: Array(#"{"new":1}"#.utf8))
    }
  }
}
