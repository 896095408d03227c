// Reads and writes documents with generated code, and with Foundation's coders as plain structs, in turn. Usage:
// json-bench [SECONDS], of each measurement; started by Tests/Benchmarks/json/run.
import Foundation
import Documents
import JSON

/// The seconds that one call takes: the best of calls that go on for so long, since whatever else runs only adds.
func time(_ seconds: Double, _ work: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let end = clock.now + .seconds(seconds)
  var best = Duration.seconds(3600)
  repeat { best = min(best, try clock.measure(work)) } while clock.now < end
  return best / .seconds(1)
}

/// Measures both sides in turn, three rounds of each, and prints the medians with their ratio.
///
/// - Returns: whether ours is so many times as fast as `bar` says.
func compare(
  _ what: String, bytes: Int, seconds: Double, bar: Double, generated: () throws -> Void, foundation: () throws -> Void
) throws -> Bool {
  var times: (ours: [Double], theirs: [Double]) = ([], [])
  for _ in 0..<3 {
    times.ours.append(try time(seconds, generated))
    times.theirs.append(try time(seconds, foundation))
  }
  let (ours, theirs) = (times.ours.sorted()[1], times.theirs.sorted()[1])
  let rates = [ours, theirs].map { String(format: "%12.0f", Double(bytes) / 1e6 / $0) }.joined()
  let ratio = theirs / ours
  let label = what.padding(toLength: 24, withPad: " ", startingAt: 0)
  print("\(label)\(rates)\(String(format: "%8.1f%6.0f", ratio, bar))\(ratio >= bar ? "" : "   missed")")
  return ratio >= bar
}

func measure<Document: Equatable & JSONDecodable & JSONEncodable, PlainDocument: Codable & Equatable>(
  _ name: String, _ document: Document, as type: PlainDocument.Type, seconds: Double
) throws -> Bool {
  let bytes = JSONWriter.write(document)
  let data = Data(bytes)
  let decoder = JSONDecoder()
  let encoder = JSONEncoder()
  let plain = try decoder.decode(type, from: data)
  guard try JSONReader.read(Document.self, from: bytes) == document,
    try decoder.decode(type, from: encoder.encode(plain)) == plain
  else {
    print("\(name): what was written is read as something else")
    return false
  }
  let isReadFast = try compare("\(name), read", bytes: bytes.count, seconds: seconds, bar: 4) {
    _ = try JSONReader.read(Document.self, from: bytes)
  } foundation: {
    _ = try decoder.decode(type, from: data)
  }
  let isWrittenFast = try compare("\(name), write", bytes: bytes.count, seconds: seconds, bar: 10) {
    _ = JSONWriter.write(document)
  } foundation: {
    _ = try encoder.encode(plain)
  }
  return isReadFast && isWrittenFast
}

let seconds = CommandLine.arguments.dropFirst().first.flatMap { Double($0) } ?? 1
let history = Sample.history()
let catalog = Sample.catalog()
let sizes = [JSONWriter.write(history).count, JSONWriter.write(catalog).count].map { "\($0 / 1000) kB" }
print("\nJSON: chat history (\(sizes[0])) and a nested catalogue (\(sizes[1])), in MB/s")
print("\n                           generated  Foundation   ratio   bar")
let isHistoryFast = try measure("Chat history", history, as: Plain.History.self, seconds: seconds)
let isCatalogFast = try measure("Catalogue", catalog, as: Plain.Catalog.self, seconds: seconds)
exit(isHistoryFast && isCatalogFast ? 0 : 1)
