extension StringConstraints.Format {
  /// A text of the format; nil where any text is.
  var example: String? {
    switch self {
    case .uuid: "01989bd4-7c00-7000-8000-000000000001"
    case .date: "2026-01-31"
    case .dateTime: "2026-01-31T12:00:00.000Z"
    case .email, .idnEmail: "ada@example.com"
    case .hostname: "example.com"
    case .ipv4: "192.0.2.1"
    case .ipv6: "2001:db8::1"
    case .uri, .iri: "https://example.com/"
    case .uriReference, .iriReference: "/index.html"
    case .uriTemplate: "/users/{id}"
    case .time: "12:00:00Z"
    case .duration: "P1DT12H"
    case .regex: "^[a-z]+$"
    case .byte: "dGV4dA=="
    case .jsonPointer: "/items/0"
    case .relativeJSONPointer: "1/name"
    case .binary, .password: nil
    }
  }

  /// A text that is not of the format; nil where none is known to be wrong whatever else holds.
  var counterexample: String? {
    switch self {
    case .binary, .email, .idnEmail, .password: nil
    case .uuid: "not-a-uuid"
    case .date: "2026-02-30"
    case .dateTime: "2026-02-30T12:00:00Z"
    case .hostname: "-example-.com"
    case .ipv4: "192.0.2.256"
    case .ipv6: "2001:db8:::1"
    case .uri, .iri: "not a URI"
    case .uriReference, .iriReference: "not a\\reference"
    case .uriTemplate: "/users/{id"
    case .time: "25:00:00Z"
    case .duration: "1 day"
    case .regex: "["
    case .byte: "dGV4d"
    case .jsonPointer: "items/0"
    case .relativeJSONPointer: "name"
    }
  }
}
