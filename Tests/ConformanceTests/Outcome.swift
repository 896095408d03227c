import Glibc
import JSON
import Storage
import Values

/// What an engine answered to one statement, as text: two engines conform where their texts are equal.
///
/// A text tells what `==` of the values would not: the sign of a zero, and every scalar of a string.
struct Outcome: Sendable, Hashable, CustomStringConvertible {
  let description: String

  static func rows(_ rows: [[SQLValue]], isOrdered: Bool = true) -> Outcome {
    let lines = rows.map { "\n  (\($0.map(\.transcript).joined(separator: ", ")))" }
    return Outcome(description: "\(rows.count) rows\((isOrdered ? lines : lines.sorted()).joined())")
  }

  static func changed(_ count: Int) -> Outcome {
    Outcome(description: "changed \(count)")
  }

  /// - Parameters:
  ///   - constraint: of a unique key or a CHECK. The name of a foreign key is not compared: SQLite does not tell it.
  ///   - column: the one that must not be null.
  static func failed(_ code: StorageError.Code, constraint: String? = nil, column: String? = nil) -> Outcome {
    Outcome(description: ["failed: \(code)", constraint, column].compactMap { $0 }.joined(separator: " "))
  }

  static func failed(_ error: StorageError) -> Outcome {
    switch error.code {
    case .uniqueViolation, .checkViolation: failed(error.code, constraint: error.constraint ?? "without a name")
    case .notNullViolation: failed(error.code, column: error.column ?? "without a column")
    case .sqlState, .sqlite, .decoding, .unavailable:
      Outcome(description: "failed: \(error.debugDescription)")
    default: failed(error.code)
    }
  }
}

extension SQLValue {
  /// The value as a transcript shows it. Equal JSON is equal text: PostgreSQL writes it anew.
  var transcript: String {
    switch self {
    case .null: "NULL"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .double(let value): "\(value)"
    case .text(let text): text.transcript
    case .uuid(let id): id.canonical
    case .timestamp(let moment): "@\(moment.milliseconds)"
    case .date(let date): date.iso8601
    case .json(let text):
      (try? JSONReader.read(from: Array(text.utf8)) { JSONValue.decode(from: &$0) })?.transcript ?? "no JSON: \(text)"
    case .bytes(let bytes): "\(bytes.count) bytes \(bytes.prefix(32))"
    }
  }
}

extension String {
  /// Long texts by their length and a digest, others in ASCII.
  fileprivate var transcript: String {
    guard utf8.count > 400 else { return "'\(unicodeScalars.map { $0.escaped(asASCII: true) }.joined())'" }
    // Not by its characters, of which some are spelt in several ways.
    var hasher = Hasher()
    withBytes { hasher.combine(bytes: $0) }
    return "\(utf8.count) bytes of text, digest \(hasher.finalize())"
  }
}

extension String {
  /// As databases compare, which know of no characters.
  func hasSameBytes(as other: String, ignoringCase: Bool) -> Bool {
    withBytes { own in
      other.withBytes { other in
        guard own.count == other.count else { return false }
        guard let left = own.baseAddress, let right = other.baseAddress else { return true }
        // The process stays in the locale "C", in which only A to Z have a case.
        return ignoringCase ? strncasecmp(left, right, own.count) == 0 : memcmp(left, right, own.count) == 0
      }
    }
  }

  fileprivate func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    var text = self
    return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }
}

extension JSONValue {
  fileprivate var transcript: String {
    if let object {
      return "{"
        + object.members.map { "\($0.name.transcript): \($0.value.transcript)" }.sorted().joined(separator: ", ") + "}"
    }
    if let array { return "[" + array.map(\.transcript).joined(separator: ", ") + "]" }
    if let string { return string.transcript }
    if let number { return "\(number + 0)" }
    if let bool { return "\(bool)" }
    return "null"
  }
}
