import FoundationEssentials
import HTTPTypes
import Values

extension HTTPField.Name {
  /// The id under which client and server speak of one request.
  static let xRequestID = HTTPField.Name("X-Request-Id")!
}

/// The id of a request: the client's own when it is 1 to 128 of `A-Za-z0-9._-`, else a new UUID.
func requestID(in fields: HTTPFields) -> String {
  guard let sent = fields[.xRequestID], (1...128).contains(sent.utf8.count), sent.utf8.allSatisfy(isRequestIDByte)
  else { return UUID.v7().canonical }
  return sent
}

private func isRequestIDByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
    true
  default:
    false
  }
}
