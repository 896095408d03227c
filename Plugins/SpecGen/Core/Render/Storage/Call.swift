/// A call with its arguments: some, maybe arrays of calls, and maybe more.
struct Call {
  var function: String
  var arguments: [String]
  var lists: [(label: String, items: [Call])]
  var last: [String]

  init(_ function: String, _ arguments: [String], lists: [(label: String, items: [Call])] = [], last: [String] = []) {
    self.function = function
    self.arguments = arguments
    self.lists = lists
    self.last = last
  }

  /// On one line.
  var text: String { "\(function)(\((arguments + arrays + last).joined(separator: ", ")))" }

  /// The lists, each on one line.
  fileprivate var arrays: [String] {
    lists.map { "\($0.label): [\($0.items.map(\.text).joined(separator: ", "))]" }
  }
}

extension SourceWriter {
  /// Writes an argument that is an array of calls, each on lines of its own.
  mutating func items(_ head: String, _ calls: [Call], _ tail: String) {
    line(head)
    indented { writer in
      for call in calls { writer.call(call, calls.count == 1 ? "" : ",") }
    }
    line(tail)
  }

  /// Writes a call on as few lines as it takes.
  mutating func call(_ call: Call, _ tail: String) {
    if call.text.count + tail.count <= room { return line(call.text + tail) }
    if call.arrays.allSatisfy({ $0.count + 3 <= room }) {
      return self.call(call.function, call.arguments + call.arrays + call.last, tail)
    }
    line("\(call.function)(")
    indented { writer in
      writer.line("\(call.arguments.joined(separator: ", ")),")
      for (position, list) in call.lists.enumerated() {
        let isLast = position == call.lists.count - 1
        let end = isLast ? call.last.map { ", \($0)" }.joined() + ")\(tail)" : ","
        writer.items("\(list.label): [", list.items, "]\(end)")
      }
    }
  }
}
