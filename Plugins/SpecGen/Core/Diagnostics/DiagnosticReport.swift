/// Diagnostics for tools: as plain JSON, and as SARIF 2.1.0, which code hosts and editors show.
struct DiagnosticReport {
  let sources: SourceFiles
  let diagnostics: [Diagnostic]

  init(_ sources: SourceFiles, _ diagnostics: [Diagnostic]) {
    self.sources = sources
    self.diagnostics = diagnostics.sortedByPlace()
  }

  // MARK: JSON

  /// `{"diagnostics": [{"code", "severity", "message", "file", "line", "column", "end_line", "end_column", "notes"}]}`;
  /// lines and columns count from 1, columns in Unicode scalars.
  var json: DocumentValue {
    let list = diagnostics.map { diagnostic in
      DocumentValue.members(
        [
          ("code", .string(diagnostic.code.rawValue)), ("severity", .string(diagnostic.severity.rawValue)),
          ("message", .string(diagnostic.message)),
        ] + place(diagnostic.place) + [
          ("notes", .array(diagnostic.notes.map { .members([("message", .string($0.message))] + place($0.place)) }))
        ])
    }
    return .members([("diagnostics", .array(list))])
  }

  private func place(_ place: Place) -> [(String, DocumentValue)] {
    [
      ("file", .string(sources[place.file].path)), ("line", .count(place.start.line)),
      ("column", .count(place.start.column)), ("end_line", .count(place.end.line)),
      ("end_column", .count(place.end.column)),
    ]
  }

  // MARK: SARIF

  var sarif: DocumentValue {
    let codes = DiagnosticCode.allCases.filter { code in diagnostics.contains { $0.code == code } }
    let driver = DocumentValue.members([
      ("name", .string("specgen")), ("rules", .array(codes.map(rule))),
    ])
    let run = DocumentValue.members([
      ("tool", .members([("driver", driver)])), ("columnKind", .string("unicodeCodePoints")),
      ("results", .array(diagnostics.map { result($0, codes) })),
    ])
    return .members([
      (
        "$schema", .string("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
      ),
      ("version", .string("2.1.0")), ("runs", .array([run])),
    ])
  }

  /// A `reportingDescriptor` (§3.49).
  private func rule(_ code: DiagnosticCode) -> DocumentValue {
    let explanation = Explanation.all[code]
    return .members([
      ("id", .string(code.rawValue)), ("shortDescription", .text(explanation?.title ?? code.rawValue)),
      ("help", .text(explanation?.text(code) ?? "")),
    ])
  }

  /// A `result` (§3.27).
  private func result(_ diagnostic: Diagnostic, _ codes: [DiagnosticCode]) -> DocumentValue {
    let related = diagnostic.notes.enumerated().map { index, note in
      DocumentValue.members([
        ("id", .count(index)), ("message", .text(note.message)), ("physicalLocation", physical(note.place)),
      ])
    }
    return .members([
      ("ruleId", .string(diagnostic.code.rawValue)),
      ("ruleIndex", .count(codes.firstIndex(of: diagnostic.code) ?? -1)),
      ("level", .string(diagnostic.severity.rawValue)), ("message", .text(diagnostic.message)),
      ("locations", .array([.members([("physicalLocation", physical(diagnostic.place))])])),
      ("relatedLocations", .array(related)),
    ])
  }

  private func physical(_ place: Place) -> DocumentValue {
    .members([
      ("artifactLocation", .members([("uri", .string(Self.uri(of: sources[place.file].path)))])),
      (
        "region",
        .members([
          ("startLine", .count(place.start.line)), ("startColumn", .count(place.start.column)),
          ("endLine", .count(place.end.line)), ("endColumn", .count(place.end.column)),
        ])
      ),
    ])
  }

  /// A path as a URI reference (RFC 3986, RFC 8089).
  private static func uri(of path: String) -> String {
    let digits = Array("0123456789ABCDEF")
    let encoded = path.utf8.map { byte -> String in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.isASCII && (Character(scalar).isLetter || Character(scalar).isNumber)
      if isPlain || "-._~/".unicodeScalars.contains(scalar) { return String(scalar) }
      return "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }.joined()
    return path.hasPrefix("/") ? "file://" + encoded : encoded
  }
}

extension DocumentValue {
  static func members(_ members: [(String, DocumentValue)]) -> DocumentValue {
    .object(members.map { Member(key: $0.0, value: $0.1) })
  }

  fileprivate static func count(_ number: Int) -> DocumentValue { .integer(Int64(number)) }

  /// A `message` or a `multiformatMessageString` of SARIF.
  fileprivate static func text(_ text: String) -> DocumentValue { .members([("text", .string(text))]) }
}

extension Pipeline.Reading {
  /// The diagnostics as JSON.
  package var json: String { DiagnosticReport(sources, diagnostics).json.prettyJSON + "\n" }

  /// The diagnostics as SARIF 2.1.0.
  package var sarif: String { DiagnosticReport(sources, diagnostics).sarif.prettyJSON + "\n" }
}
