import Glibc
import Postgres
import SQLite
import Storage
import Values

// One measurement, printed as `RESULT rate cpu p50 p99`: calls a second, seconds of this process's CPU (user and system)
// for 100,000 calls, and microseconds. `run` starts it, in turn with its baselines.
//
//   storage-bench seed URL ROWS
//   storage-bench select|insert URL TASKS SECONDS
//   storage-bench mixed URL READERS WRITERS SECONDS      (the figures are those of the reads)
//   storage-bench in-place FILE SECONDS                  (SQLite's C API, one connection, one insert a transaction)

let arguments = Array(CommandLine.arguments.dropFirst())

func number(_ index: Int) -> Int {
  guard arguments.indices.contains(index), let number = Int(arguments[index]), number > 0 else { usage() }
  return number
}

func usage() -> Never {
  print("Usage: storage-bench select|insert URL TASKS SECONDS (and others; see main.swift)")
  exit(64)
}

guard arguments.count >= 3 else { usage() }
if arguments[0] == "in-place" {
  let inserts = try InPlaceInserts(file: arguments[1])
  let measurement = try Measurement.run(seconds: number(2)) { try inserts.insert($0) }
  print(measurement.line)
  exit(0)
}

let url = arguments[1]
let database: any Database =
  url.hasPrefix("sqlite") ? try await SQLiteDatabase.open(url: url) : try await PostgresDatabase.open(url: url)
switch arguments[0] {
case "seed": try await Workload.seed(database, rows: number(2))
case "select":
  let rows = try await database.run(Workload.count)
  let result = try await Measurement.run(tasks: number(2), seconds: number(3)) {
    try await Workload.read(database, rows, $0)
  }
  print(result.line)
case "insert":
  let result = try await Measurement.run(tasks: number(2), seconds: number(3)) {
    try await Workload.insert(database, $0)
  }
  print(result.line)
case "mixed":
  let rows = try await database.run(Workload.count)
  async let writes = Measurement.run(tasks: number(3), seconds: number(4)) { try await Workload.insert(database, $0) }
  let reads = try await Measurement.run(tasks: number(2), seconds: number(4)) {
    try await Workload.read(database, rows, $0)
  }
  _ = try await writes
  print(reads.line)
default: usage()
}
await database.close()
