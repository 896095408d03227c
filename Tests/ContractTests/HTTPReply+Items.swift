import JSON
import TestSupport

extension HTTPReply {
  /// The items of a stream as the schema of an item sees them: events as objects of their fields, or the JSON of each line;
  /// nil when it does not end as it should.
  var items: [JSONValue]? {
    guard text.isEmpty || text.hasSuffix("\n") else { return nil }
    if header("Content-Type")?.hasPrefix("text/event-stream") == true {
      return text.split(separator: "\n\n").compactMap { HTTPReply.event($0) }
    }
    let lines = text.split(whereSeparator: { $0 == "\n" || $0 == "\u{1E}" })
    let items = lines.compactMap { try? JSONReader.read(JSONValue.self, from: Array($0.utf8)) }
    return items.count == lines.count ? items : nil
  }

  /// nil: a comment.
  private static func event(_ block: Substring) -> JSONValue? {
    var fields = JSONObject()
    for line in block.split(separator: "\n") where !line.hasPrefix(":") {
      let name = line.prefix { $0 != ":" }
      let value = line.dropFirst(name.count + 1).trimmingPrefix(" ")
      let before = fields[String(name)]?.string.map { $0 + "\n" } ?? ""
      fields[String(name)] = .string(before + value)
    }
    return fields.members.isEmpty ? nil : .object(fields)
  }
}
