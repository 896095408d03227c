import Glibc

// Listens to streamed turns, and measures. One line of JSON is printed; `run` starts it.
//
//   stream-bench listen PORT ACCESS_TOKENS STREAMS TOKENS SLOW
//     so many streams at once, begun over two seconds, of so many tokens each; the last SLOW of them read slowly
//   stream-bench first PORT ACCESS_TOKENS COUNT [direct]
//     the time to the first token, one request after the other; `direct` asks the upstream itself

func usage() -> Never {
  print(
    "Usage: stream-bench listen PORT ACCESS_TOKENS STREAMS TOKENS SLOW | first PORT ACCESS_TOKENS COUNT [direct]"
  )
  exit(64)
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 4, let port = UInt16(arguments[1]), let count = Int(arguments[3]) else {
  usage()
}
guard let tokens = lines(of: arguments[2]), !tokens.isEmpty else { usage() }

switch arguments[0] {
case "listen":
  guard arguments.count == 6, let length = Int(arguments[4]), let slow = Int(arguments[5]) else {
    usage()
  }
  let load = Load(port: port, accessTokens: tokens, streams: count, tokens: length, slow: slow)
  print(load.run())
case "first":
  print(
    FirstToken(port: port, accessTokens: tokens, isDirect: arguments.contains("direct")).run(
      count: count))
default: usage()
}

/// The lines of a file.
func lines(of path: String) -> [String]? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var lines: [String] = []
  while let line = readLine(from: file) { lines.append(line) }
  return lines
}

private func readLine(from file: UnsafeMutablePointer<FILE>) -> String? {
  var line: UnsafeMutablePointer<CChar>?
  var capacity = 0
  defer { free(line) }
  guard getline(&line, &capacity, file) > 0, let line else { return nil }
  return String(cString: line).split(separator: "\n").first.map(String.init)
}
