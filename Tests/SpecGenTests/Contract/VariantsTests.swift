import Testing

@testable import SpecGenCore

/// Values on either side of each constraint.
@Suite struct VariantsTests {
  private static let object = TypeDeclaration(
    swiftName: "Thing", pointer: "",
    kind: .object(
      ObjectType(
        properties: [
          Property(
            name: "name", swiftName: "name",
            type: .string(StringConstraints(minLength: 2, maxLength: 4, pattern: "^[a-z]+$")), isRequired: true),
          Property(
            name: "count", swiftName: "count", type: .integer(IntegerConstraints(minimum: 1, maximum: 9)),
            isRequired: false, isNullable: true),
          Property(name: "id", swiftName: "id", type: .uuid, isRequired: false, isReadOnly: true),
          Property(
            name: "tags", swiftName: "tags",
            type: .array(.string(StringConstraints(minLength: 1)), ArrayConstraints(maxItems: 2)), isRequired: false),
        ], refusesUnknownMembers: true)))

  private let variants = Variants(ExampleValues(API(title: "", version: "", types: [object])))

  @Test("Each constraint of a body is broken once, where it stands")
  func refused() {
    let refused = Set(variants.refused(.named("Thing")).map { "\($0.pointer) \($0.code)" })
    #expect(
      refused == [
        " type", "/name min-length", "/name max-length", "/name pattern", "/name type", "/name null", "/name required",
        "/count type", "/count minimum", "/count maximum", "/id read-only", "/tags type", "/tags null",
        "/tags max-items",
        "/tags/0 type", "/tags/0 null", "/tags/0 min-length", "/no_such_member unknown-member",
      ])
  }

  @Test("A value that breaks one constraint keeps the others")
  func alone() throws {
    let refused = variants.refused(.named("Thing"))
    let long = try #require(refused.first { $0.code == "max-length" })
    #expect(long.value["name"] == .string("aaaaa"))
    let short = try #require(refused.first { $0.pointer == "/name" && $0.code == "min-length" })
    #expect(short.value["name"] == .string("a"))
    let strange = try #require(refused.first { $0.code == "pattern" })
    #expect(strange.value["name"] == .string("!!"))
  }

  @Test("The bounds themselves are taken")
  func allowed() {
    let allowed = variants.allowed(.named("Thing")).map { "\($0.pointer) \($0.code) \($0.value.json)" }
    #expect(
      allowed == [
        #"/name the shortest {"name":"aa"}"#, #"/name the longest {"name":"aaaa"}"#,
        #"/count the least {"name":"text","count":1}"#, #"/count the greatest {"name":"text","count":9}"#,
        #"/count null {"name":"text","count":null}"#,
      ])
  }

  @Test("An email that is too long is an email but for its length", arguments: [30, 254, 255])
  func longEmail(_ bound: Int) throws {
    let type = TypeUse.string(StringConstraints(maxLength: bound, format: .email))
    let long = try #require(variants.refused(type).first { $0.code == "max-length" })
    guard case .array(let parts)? = long.value["$text"] else { throw Wrong(value: long.value) }
    let text = parts.map { part -> String in
      guard case .array(let pair) = part, case .integer(let count)? = pair.last else { return part.text ?? "" }
      return String(repeating: pair.first?.text ?? "", count: Int(count))
    }.joined()
    #expect(text.count == bound + 1)
    #expect(text.hasSuffix(".example.com") && text.contains("a@b."))
  }

  private struct Wrong: Error {
    var value: DocumentValue
  }
}
