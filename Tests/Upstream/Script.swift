/// What a user message asks the server to do, by markers anywhere in it.
///
/// - `[fault:500]`: that status, for any of 300 to 599; 429 says `Retry-After: 7`, 302 leads to `/followed`
/// - `[fault:slow]`: nothing until the client leaves
/// - `[fault:cut]`: half of the body, then the connection is closed; `[fault:reset]`: not even a head
/// - `[fault:garbage]`: 200 and no JSON; `[fault:empty]`: 200 and no body; `[fault:huge]`: 17 MiB
/// - `[fault:nousage]`: no counts; `[fault:error]`: 200 with an error object
/// - `[fault:nul]`: U+0000 in the answer
/// - any name of `StreamFault`, for a streamed answer; one that is not streamed has no such fault
/// - `[times:N]`: the fault happens to the first N requests with this message
/// - `[retry:SECONDS]`: what `Retry-After` says
/// - `[hold:NAME]`: waits before the answer until `POST /release/NAME`
/// - `[pause:NAME]`: waits in the middle of a streamed answer until `POST /release/NAME`
/// - `[count:N]`: an answer of N words
/// - `[pace:MS]`: so many milliseconds between the events of a streamed answer
struct Script {
  enum Fault: Equatable {
    case status(Int)
    case slow, cut, reset, garbage, empty, huge, nousage, error, nul
    case stream(StreamFault)
  }

  private(set) var fault: Fault?
  private(set) var times = Int.max
  private(set) var retryAfter: Int?
  private(set) var hold: String?
  private(set) var pause: String?
  private(set) var count: Int?
  private(set) var pace: Int64?
  /// The message without its markers.
  private(set) var text = ""

  init(_ message: String) {
    var rest = message[...]
    while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
      let marker = rest[rest.index(after: open)..<close].split(separator: ":", maxSplits: 1).map(String.init)
      text += rest[..<open]
      if marker.count != 2 || !obey(marker[0], marker[1]) { text += rest[open...close] }
      rest = rest[rest.index(after: close)...]
    }
    text += rest
    text = text.split(separator: " ").joined(separator: " ")
  }

  private mutating func obey(_ name: String, _ value: String) -> Bool {
    switch name {
    case "hold": hold = value
    case "pause": pause = value
    case "count": count = Int(value)
    case "pace": pace = Int64(value)
    case "times": times = Int(value) ?? .max
    case "retry": retryAfter = Int(value)
    case "fault": fault = Self.fault(value)
    default: return false
    }
    return true
  }

  private static func fault(_ value: String) -> Fault? {
    switch value {
    case "slow": .slow
    case "cut": .cut
    case "reset": .reset
    case "garbage": .garbage
    case "empty": .empty
    case "huge": .huge
    case "nousage": .nousage
    case "error": .error
    case "nul": .nul
    default: StreamFault(rawValue: value).map { .stream($0) } ?? Int(value).map { .status($0) }
    }
  }

  /// The same without its fault.
  var withoutFault: Script {
    var script = self
    script.fault = nil
    return script
  }

  /// The answer, word by word; each but the first has its space.
  var reply: [String] {
    if let count { return (0..<count).map { $0 == 0 ? "word" : " word" } }
    return [fault == .nul ? "ec\0ho:" : "echo:"] + text.split(separator: " ").map { " " + $0 }
  }
}
