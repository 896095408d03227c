import FoundationEssentials
import JSON
import Values

/// The two JSON documents inside an access token.
enum AccessClaims {
  /// Seconds since 1970 up to the year 9999.
  private static let dates = 0.0...253_402_300_799

  /// Nothing here needs an escape: ids and numbers only.
  static func encode(_ token: AccessToken) -> [UInt8] {
    let subject = token.subject.canonical
    let session = token.session.canonical
    let issuedAt = token.issuedAt.milliseconds / 1000
    let expiresAt = token.expiresAt.milliseconds / 1000
    return Array(
      #"{"sub":"\#(subject)","sid":"\#(session)","iat":\#(issuedAt),"exp":\#(expiresAt),"typ":"access"}"#.utf8)
  }

  /// The token, and the moment before which it is not valid, if it names one (RFC 7519 §4.1.5).
  static func decode(_ bytes: [UInt8]) throws(SecurityError) -> (token: AccessToken, notBefore: Timestamp?) {
    let claims = try object(bytes)
    guard case .string("access") = claims["typ"] else { throw TokenSigner.invalid("typ is not access") }
    let token = AccessToken(
      subject: try id("sub", in: claims), session: try id("sid", in: claims),
      issuedAt: try date("iat", in: claims), expiresAt: try date("exp", in: claims))
    return (token, claims["nbf"] == nil ? nil : try date("nbf", in: claims))
  }

  /// The algorithm must be ours, and no extension may be critical (RFC 7515 §4.1.11): we know none.
  static func checkHeader(_ bytes: [UInt8], algorithm: TokenSigner.Algorithm) throws(SecurityError) {
    let header = try object(bytes)
    guard case .string(algorithm.rawValue) = header["alg"] else { throw TokenSigner.invalid("alg is another") }
    guard header["crit"] == nil else { throw TokenSigner.invalid("header has critical extensions") }
  }

  private static func object(_ bytes: [UInt8]) throws(SecurityError) -> JSONObject {
    guard case .object(let members)? = try? JSONReader.read(JSONValue.self, from: bytes) else {
      throw TokenSigner.invalid("not a JSON object")
    }
    return members
  }

  private static func id(_ name: String, in claims: JSONObject) throws(SecurityError) -> UUID {
    guard case .string(let text)? = claims[name], let id = UUID(canonical: text) else {
      throw TokenSigner.invalid("\(name) is not a UUID")
    }
    return id
  }

  /// A NumericDate (RFC 7519 §2): seconds, with or without a fraction.
  private static func date(_ name: String, in claims: JSONObject) throws(SecurityError) -> Timestamp {
    guard let seconds = claims[name]?.number, dates.contains(seconds) else {
      throw TokenSigner.invalid("\(name) is not a date")
    }
    return Timestamp(milliseconds: Int64(seconds * 1000))
  }
}
