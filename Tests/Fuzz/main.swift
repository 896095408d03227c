// Gives a parser so many texts that nobody would write. Usage: fuzz TARGET RUNS [FIRST]; `fuzz TARGET show NUMBER` prints
// one text. Started by script/fuzz.
import FoundationEssentials
import Glibc

/// How much memory may be added after the first tenth of the runs, in bytes.
let growth = 32 << 20

func fail(_ message: String) -> Never {
  let text = Array("\(message)\n".utf8)
  write(2, text, text.count)
  exit(1)
}

let arguments = CommandLine.arguments
guard arguments.count >= 3, let target = Target(rawValue: arguments[1]) else {
  fail("Usage: fuzz \(Target.allCases.map(\.rawValue).joined(separator: "|")) RUNS [FIRST] | show NUMBER")
}
let folder = URL(filePath: #filePath).deletingLastPathComponent().path + "/Seeds/" + target.rawValue
let mutator = try Mutator(folder: folder, limit: target.limit)

if arguments[2] == "show", arguments.count == 4, let number = UInt64(arguments[3]) {
  let text = mutator.text(number)
  write(1, text, text.count)
  exit(0)
}
guard let runs = UInt64(arguments[2]), runs > 0 else { fail("'\(arguments[2])' is no number of runs.") }
let first = arguments.count > 3 ? UInt64(arguments[3]) ?? 0 : 0
let clock = ContinuousClock()
let start = clock.now
var memory = 0
Watch.start()
for number in first..<first + runs {
  Watch.number = number
  if let fault = target.fault(of: mutator.text(number), number: number) {
    fail("\(target.rawValue): text \(number): \(fault)")
  }
  if number - first == runs / 10 { memory = Watch.memory() }
}
let seconds = (clock.now - start) / .seconds(1)
let added = Watch.memory() - memory
print(
  "\(target.rawValue): \(runs) runs from \(first) in \(Int(seconds)) s, \(Int(Double(runs) / seconds)) a second, "
    + "\(added >> 10) KiB added to \(memory >> 10) KiB")
if added > growth { fail("\(target.rawValue): memory grows") }
