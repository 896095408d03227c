import Foundation
import JSON
import Shapes
import Testing

/// A generated type.
typealias Shape = Codable & Hashable & JSONDecodable & JSONEncodable & Sendable

/// A text and what a generated type says of it.
struct Sample: Sendable, CustomTestStringConvertible {
  let type: any Shape.Type
  let json: String
  /// What is written for it; the same unless told.
  let written: String
  /// `POINTER CODE` of what is wrong.
  let faults: [String]

  init(_ type: any Shape.Type, _ json: String, written: String? = nil, faults: [String] = []) {
    self.type = type
    self.json = json
    self.written = written ?? json
    self.faults = faults
  }

  var testDescription: String { "\(type) \(json)" }
}

extension JSONDecodable where Self: Shape {
  static func read(_ json: String) throws(JSONReadError) -> Self { try JSONReader.read(from: Array(json.utf8)) }

  static func rewritten(_ json: String) throws -> String {
    String(decoding: JSONWriter.write(try read(json)), as: UTF8.self)
  }

  /// Whether Foundation's coders read the same value, and what they write is read as the same value.
  static func recoded(_ json: String) throws -> Bool {
    let value = try read(json)
    // A text alone is no document to Foundation's older coders: it stands in an array.
    let decoded = try JSONDecoder().decode([Self].self, from: Data("[\(json)]".utf8))
    let encoded = try JSONEncoder().encode([value])
    let again = try JSONReader.read([Self].self, from: Array(encoded))
    return decoded == [value] && again == [value]
  }

  static func faults(_ json: String) -> [String] {
    all(json).map { "\($0.pointer) \($0.code)".trimmingCharacters(in: .whitespaces) }
  }

  static func details(_ json: String) -> [String] { all(json).map(\.detail) }

  private static func all(_ json: String) -> [Fault] {
    do throws(JSONReadError) {
      _ = try read(json)
      return []
    } catch {
      guard case .faults(let faults) = error else {
        return [Fault(location: .body, pointer: "", code: "syntax", detail: "\(error)")]
      }
      return faults
    }
  }
}
