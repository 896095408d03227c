package import FoundationEssentials

extension Data {
  /// The bytes of a text in base64 with padding (RFC 4648 §4); nil when it is none.
  package init?(base64 text: String) {
    guard Format.isBase64(text) else { return nil }
    self.init(base64Encoded: text)
  }
}
