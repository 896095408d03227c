import JSON

extension InputReader {
  /// Reads the fields of a `multipart/form-data` body (RFC 7578), up to its first file; nil is a fault.
  ///
  /// - Parameters:
  ///   - type: the names of its files.
  ///   - limit: the greatest length of all fields together, in bytes.
  ///   - read: makes the form of its fields and of the files to come.
  /// - Throws: a ``Problem``: 400, 413.
  public mutating func multipart<Value, Name: FormFileName>(
    _ type: Name.Type, upTo limit: Int, _ read: (inout FieldReader, FileParts<Name>) -> Value?
  ) async throws -> Value? {
    guard let boundary = contentType.flatMap({ MediaType($0) })?.parameters["boundary"],
      (1...70).contains(boundary.utf8.count)
    else { throw Problem.badRequest("The Content-Type of a multipart body says its boundary (RFC 7578 §4.1).") }
    let stream = MultipartStream(stream(within: .max), boundary: boundary)
    var fields: [FieldReader.Field] = []
    var room = limit
    var isEmpty = true
    while let head = try await stream.nextPart() {
      if Name(rawValue: head.name) != nil {
        await stream.hold(head)
        isEmpty = false
        break
      }
      room -= head.name.utf8.count
      guard room >= 0, let bytes = try await stream.collect(upTo: room) else {
        throw Problem.contentTooLarge(limit: limit)
      }
      room -= bytes.count
      guard let text = String(validating: bytes, as: UTF8.self) else {
        recordBody(head.name, "encoding", "Must be UTF-8.")
        continue
      }
      fields.append(FieldReader.Field(name: head.name, value: EncodedText(text: text[...], coding: .plain)))
    }
    var reader = FieldReader(fields, location: .body)
    let value = read(&reader, FileParts(stream: stream))
    for fault in reader.faults.faults { recordBody(fault) }
    if isEmpty {
      for name in Name.allCases where name.constraints.minItems > 0 {
        recordBody(name.rawValue, "required", "Is required.")
      }
    }
    return value
  }
}

extension Problem {
  /// 422: a part of a form that has been taken in part.
  static func invalidFile(_ name: String, _ code: String, _ detail: String) -> Problem {
    .validationFailed([Fault(location: .body, pointer: JSONPointer.member(name), code: code, detail: detail)])
  }
}
