import Testing

@testable import SpecGenCore

/// What the validator of client.js is told.
@Suite struct ClientValidatorTests {
  @Test(
    "client.js knows every format that a text is checked for",
    arguments: StringConstraints.Format.allCases.filter(\.isAsserted))
  func formats(_ format: StringConstraints.Format) {
    let formats = ClientValidator.formats
    #expect(formats.contains("    \(format.rawValue): ") || formats.contains("    \"\(format.rawValue)\": "))
  }

  @Test("Of a format that nobody checks it is told nothing", arguments: ["binary", "password"])
  func unchecked(format: String) throws {
    let text = Sample.replacing(
      (
        "  schemas:\n",
        "  schemas:\n    Picture: {type: object, properties: {data: {type: string, format: \(format)}}}\n"
      ))
    let script = ClientScript(try Pipeline.read(Array(text.utf8)).api).text
    #expect(script.contains("Picture"))
    #expect(!script.contains("format: \"\(format)\"") && !script.contains("\"format\": \"\(format)\""))
  }
}
