/// A media type with its parameters (RFC 9110 §8.3.1): `text/plain; charset=utf-8`.
public struct MediaType: Sendable, Hashable {
  /// In lower case.
  public let type: String
  /// In lower case.
  public let subtype: String
  /// Names in lower case, values as written, quotes removed; the `q` of an Accept header is one of them.
  public let parameters: [String: String]

  /// Reads a `Content-Type` or one element of `Accept`; nil when it is neither.
  public init?(_ text: some StringProtocol) {
    var parts = MediaType.split(String(text), at: ";").map(\.trimmedSpace)
    let names = parts.removeFirst().split(separator: "/", omittingEmptySubsequences: false)
    guard names.count == 2, names.allSatisfy(MediaType.isToken) else { return nil }
    type = names[0].lowercased()
    subtype = names[1].lowercased()
    var parameters: [String: String] = [:]
    for part in parts where !part.isEmpty {
      guard let mark = part.firstIndex(of: "="), MediaType.isToken(part[..<mark]) else { return nil }
      parameters[part[..<mark].lowercased()] = MediaType.unquoted(part[part.index(after: mark)...])
    }
    self.parameters = parameters
  }

  /// Whether a media type is this one, or of this range (`image/*`); a text that is not in UTF-8 is of no kind that is read
  /// as text.
  func includes(_ other: MediaType) -> Bool {
    guard type == "*" || type == other.type, subtype == "*" || subtype == other.subtype else { return false }
    let isText = type == "text" || subtype == "json" || subtype.hasSuffix("+json") || subtype == "x-www-form-urlencoded"
    return !isText || other.isUTF8
  }

  /// Whether the text is in UTF-8 as far as it says.
  var isUTF8: Bool {
    guard let charset = parameters["charset"]?.lowercased() else { return true }
    return charset == "utf-8" || charset == "utf8" || charset == "us-ascii"
  }

  /// Whether an `Accept` header allows a media type (RFC 9110 §12.5.1).
  ///
  /// The most specific range that matches decides; its weight must not be 0. Elements that are no media range are
  /// passed over.
  public static func accepts(_ accept: String?, _ offered: String) -> Bool {
    quality(of: offered, in: accept) > 0
  }

  /// The weight of a media type in an `Accept` header, 0 to 1: 1 when there is no header.
  public static func quality(of offered: String, in accept: String?) -> Double {
    preference(for: offered, in: accept).quality
  }

  /// How welcome a media type is to an `Accept` header: by weight first, then by how closely it is named.
  struct Preference: Comparable {
    /// 0 to 1.
    var quality: Double
    var specificity: Int

    static func < (left: Preference, right: Preference) -> Bool {
      (left.quality, left.specificity) < (right.quality, right.specificity)
    }
  }

  static func preference(for offered: String, in accept: String?) -> Preference {
    guard let accept, let offered = MediaType(offered) else { return Preference(quality: 1, specificity: 0) }
    var best = Preference(quality: 0, specificity: -1)
    var isEmpty = true
    for element in split(accept, at: ",") where !element.trimmedSpace.isEmpty {
      isEmpty = false
      guard let range = MediaType(element.trimmedSpace) else { continue }
      guard let specificity = range.specificity(for: offered), specificity > best.specificity else { continue }
      let quality = min(max(range.parameters["q"].flatMap { Double($0) } ?? 1, 0), 1)
      best = Preference(quality: quality, specificity: specificity)
    }
    return isEmpty ? Preference(quality: 1, specificity: 0) : best
  }

  /// How closely a media range fits a media type; nil when it does not.
  private func specificity(for offered: MediaType) -> Int? {
    if type == "*", subtype == "*" { return 0 }
    // What is offered may be a range too: what it will be is not known yet.
    if offered.type == "*" || (type == offered.type && offered.subtype == "*") { return 1 }
    guard type == offered.type else { return nil }
    if subtype == "*" { return 1 }
    guard subtype == offered.subtype else { return nil }
    let asked = parameters.filter { $0.key != "q" }
    for (name, value) in asked where offered.parameters[name]?.lowercased() != value.lowercased() {
      // A charset of UTF-8 is what every answer has, said or not.
      if name != "charset" || !isUTF8 { return nil }
    }
    return 2 + asked.count
  }

  /// Cuts a text at a character that does not stand within quotes.
  private static func split(_ text: String, at separator: Character) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    var isQuoted = false
    var isEscaped = false
    for index in text.indices {
      let character = text[index]
      if isEscaped {
        isEscaped = false
      } else if isQuoted, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == separator, !isQuoted {
        parts.append(text[start..<index])
        start = text.index(after: index)
      }
    }
    return parts + [text[start...]]
  }

  private static func unquoted(_ value: Substring) -> String {
    guard value.count >= 2, value.first == "\"", value.last == "\"" else { return String(value) }
    var text = ""
    var isEscaped = false
    for character in value.dropFirst().dropLast() {
      if character == "\\", !isEscaped {
        isEscaped = true
        continue
      }
      text.append(character)
      isEscaped = false
    }
    return text
  }

  /// RFC 9110 §5.6.2.
  private static func isToken(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}

extension StringProtocol {
  /// Without spaces and tabs at either end.
  var trimmedSpace: Substring {
    var rest = Substring(self)
    while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
    while rest.last == " " || rest.last == "\t" { rest.removeLast() }
    return rest
  }
}
