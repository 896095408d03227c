/// The header fields of a part of `multipart/form-data` (RFC 7578 §4).
struct MultipartHead: Equatable, Sendable {
  /// The field that the part is.
  var name: String
  /// As the client says; never a path to write to.
  var filename: String?
  /// As the client says.
  var contentType: String?

  /// - Parameter text: lines with CRLF between them.
  init?(_ text: String) {
    var disposition: MediaType?
    for line in text.split(separator: "\r\n") {
      guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      let value = line[line.utf8.index(after: colon)...].trimmedSpace
      switch line[..<colon].lowercased() {
      // Read as a media type, whose parameters are written the same way.
      case "content-disposition": disposition = MediaType("x/" + value)
      case "content-type": contentType = String(value)
      case "content-transfer-encoding":
        // RFC 7578 §4.7: nothing but the bytes themselves.
        guard ["7bit", "8bit", "binary"].contains(value.lowercased()) else { return nil }
      default: continue
      }
    }
    guard let disposition, disposition.subtype == "form-data", let name = disposition.parameters["name"] else {
      return nil
    }
    self.name = MultipartHead.unescaped(name)
    filename = disposition.parameters["filename"].map(MultipartHead.unescaped)
  }

  /// Browsers write quotes and line ends in a name as `%22`, `%0D` and `%0A`, and nothing else so (HTML §4.10.21.8).
  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    return text.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
  }
}
