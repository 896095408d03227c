import FoundationEssentials
import Values

/// A format of strings that is checked but needs no type of its own, by its name in JSON Schema 2020-12 §7.3 or in the
/// format registry of OpenAPI.
public enum StringFormat: String, Sendable, CaseIterable {
  /// A mailbox of RFC 5321 without quoting and address literals, characters beyond ASCII included: see
  /// ``Format/isEmail(_:)``.
  case email
  case idnEmail = "idn-email"
  /// RFC 1123 §2.1, ASCII only.
  case hostname
  /// RFC 2673 §3.2: four decimal numbers without leading zeros.
  case ipv4
  /// RFC 4291 §2.2, without a zone.
  case ipv6
  /// A URI of RFC 3986 with a scheme.
  case uri
  case uriReference = "uri-reference"
  /// RFC 6570.
  case uriTemplate = "uri-template"
  /// RFC 3987.
  case iri
  case iriReference = "iri-reference"
  /// RFC 9562 §4.
  case uuid
  /// RFC 3339 §5.6 `full-date`.
  case date
  /// RFC 3339 §5.6 `full-time`.
  case time
  /// RFC 3339 §5.6.
  case dateTime = "date-time"
  /// RFC 3339 appendix A.
  case duration
  /// A regular expression that ``Pattern`` can match.
  case regex
  /// RFC 6901.
  case jsonPointer = "json-pointer"
  case relativeJSONPointer = "relative-json-pointer"
  /// Base64 of RFC 4648 §4, padded.
  case byte
}

extension StringFormat {
  /// Whether a text has the format.
  package func accepts(_ text: String) -> Bool {
    switch self {
    case .email, .idnEmail: Format.isEmail(text)
    case .hostname: Format.isHostname(text)
    case .ipv4: Format.isIPv4(text)
    case .ipv6: Format.isIPv6(text)
    case .uri: Format.isURI(text)
    case .uriReference: Format.isURI(text, .reference)
    case .iri: Format.isURI(text, .international)
    case .iriReference: Format.isURI(text, [.reference, .international])
    case .uriTemplate: Format.uriTemplate.matches(text)
    case .uuid: UUID(canonical: text) != nil
    case .date: CalendarDate(iso8601: text) != nil
    case .time: Timestamp(rfc3339: "2000-01-02T" + text) != nil
    case .dateTime: Timestamp(rfc3339: text) != nil
    case .duration: Format.duration.matches(text)
    case .regex: Pattern.isValid(text)
    case .jsonPointer: Format.jsonPointer.matches(text)
    case .relativeJSONPointer: Format.relativeJSONPointer.matches(text)
    case .byte: Format.isBase64(text)
    }
  }

  /// What to tell of a text that does not have the format.
  package var violation: Violation {
    Violation(code: "format", detail: "Must be \(phrase).")
  }

  private var phrase: String {
    switch self {
    case .email, .idnEmail: "an email address such as ada@example.com"
    case .hostname: "a host name such as www.example.com"
    case .ipv4: "an IPv4 address such as 192.0.2.1"
    case .ipv6: "an IPv6 address such as 2001:db8::1"
    case .uri: "a URI such as https://example.com/"
    case .uriReference: "a URI or a reference relative to one, such as /about"
    case .uriTemplate: "a URI template such as /users/{id}"
    case .iri: "an IRI such as https://example.com/é"
    case .iriReference: "an IRI or a reference relative to one, such as /é"
    case .uuid: "a UUID such as 0190a5c8-7c1e-7b3a-9f21-3d5e8a6b4c2d"
    case .date: "a date such as 2026-01-02"
    case .time: "a time with its offset, such as 03:04:05Z"
    case .dateTime: "a date and time with its offset, such as 2026-01-02T03:04:05.678Z"
    case .duration: "a duration such as P1DT2H"
    case .regex: "a regular expression of ECMA-262 without back references"
    case .jsonPointer: "a JSON Pointer such as /items/0"
    case .relativeJSONPointer: "a relative JSON Pointer such as 1/name"
    case .byte: "Base64 with padding, such as aGk="
    }
  }
}
