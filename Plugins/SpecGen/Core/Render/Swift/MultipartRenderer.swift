/// Renders the form that a handler gets of a `multipart/form-data` body: its fields, and its files as they arrive.
struct MultipartRenderer {
  let form: Multipart
  let types: TypeTable

  func write(to writer: inout SourceWriter) {
    writer.doc(["A form of `multipart/form-data`: its fields, which come first, and its files as they arrive."])
    writer.block("public struct Multipart: Sendable") { writer in
      for property in form.object.properties {
        writer.doc([property.description])
        writer.line("public var \(SwiftSyntax.identifier(property.swiftName)): \(property.swiftType)")
      }
      if let others = form.object.otherMembers { writer.line("public var \(others.swiftName): \(others.swiftType)") }
      writer.doc(["Read them to their end before what they bring is kept for good."])
      writer.line("public var \(form.filesName): FileParts<FormFile>")
      writer.line()
      var properties: [(name: String, type: String, initialValue: String?)] = form.object.properties.map { property in
        (property.swiftName, property.swiftType, property.initialValue(types))
      }
      if let others = form.object.otherMembers { properties.append((others.swiftName, others.swiftType, "[:]")) }
      properties.append((form.filesName, "FileParts<FormFile>", nil))
      writer.memberwiseInitializer(properties)
      writer.line()
      writeNames(to: &writer)
    }
  }

  private func writeNames(to writer: inout SourceWriter) {
    writer.doc(["The files of the form."])
    if form.files.isEmpty {
      return writer.block("public enum FormFile: FormFileName") { writer in
        writer.line("public init?(rawValue: String) { nil }")
        writer.line("public var rawValue: String { switch self {} }")
        writer.line("public static let allCases: [FormFile] = []")
        writer.line("public var constraints: FileConstraints { switch self {} }")
      }
    }
    writer.block("public enum FormFile: String, FormFileName") { writer in
      for file in form.files {
        writer.doc([file.description])
        let name = SwiftSyntax.identifier(file.swiftName)
        writer.line("case \(name)\(file.name == file.swiftName ? "" : " = \(SwiftSyntax.literal(file.name))")")
      }
      writer.line()
      writer.block("public var constraints: FileConstraints") { writer in
        writer.line("switch self {")
        for file in form.files {
          writer.assignment(
            "case .\(SwiftSyntax.member(file.swiftName)):",
            "FileConstraints(\(arguments(file).joined(separator: ", ")))")
        }
        writer.line("}")
      }
    }
  }

  private func arguments(_ file: FormFile) -> [String] {
    var arguments: [String] = []
    if file.minItems > 0 { arguments.append("minItems: \(file.minItems)") }
    if file.maxItems != 1 { arguments.append("maxItems: \(file.maxItems.map { "\($0)" } ?? ".max")") }
    if let bytes = file.maxBytes { arguments.append("maxBytes: \(SwiftSyntax.literal(Int64(bytes)))") }
    if !file.mediaTypes.isEmpty {
      arguments.append("mediaTypes: [\(file.mediaTypes.map { SwiftSyntax.literal($0) }.joined(separator: ", "))]")
    }
    return arguments
  }
}

extension Multipart {
  /// The name of the property that holds the files.
  var filesName: String {
    SwiftName.free("files", "fileParts", "attachments", besides: object.properties.map(\.swiftName))
  }
}
