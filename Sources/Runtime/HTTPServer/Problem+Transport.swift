import HTTP

extension Problem {
  /// 431 (RFC 6585 §5).
  static let headerFieldsTooLarge = Problem(
    status: 431, code: "header-fields-too-large", title: "Request header fields too large",
    detail: "The request line and header fields are larger than this server accepts.")
}
