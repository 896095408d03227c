import Foundation

/// The tests' own model server, running beside the tests. It ends with the value, or with the tests.
final class UpstreamProcess: Sendable {
  let address: String
  private let process: Process
  /// Held open: its end is the server's.
  private let input: Pipe

  init(_ arguments: String...) throws {
    process = Process()
    process.executableURL = Self.products.appending(path: "upstream")
    process.arguments = arguments
    input = Pipe()
    process.standardInput = input
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    var line = Data()
    while line.last != UInt8(ascii: "\n"), let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty
    {
      line += byte
    }
    guard let address = String(decoding: line, as: UTF8.self).split(separator: " ").last else {
      throw CocoaError(.fileReadUnknown)
    }
    self.address = address.trimmingCharacters(in: .newlines)
  }

  deinit { process.terminate() }

  /// Where the build leaves executables: beside the test bundle.
  private static var products: URL {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  }
}
