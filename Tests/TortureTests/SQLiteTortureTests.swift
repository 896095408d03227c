import Foundation
import SQLite
import Storage
import TestSupport
import Testing

/// The process that writes is killed.
extension Torture {
  @Test(.timeLimit(.minutes(Torture.limit(share: 0.15))))
  func `A process that writes to SQLite is killed`() async throws {
    try await Torture.run("storage/sqlite", share: 0.15) { report in
      // Several kills with one file: a file must survive more than one.
      for _ in 0..<6 {
        let writing = try SQLiteWriting()
        for round in 0..<8 {
          try await writing.killAtRandom()
          // Sometimes the next one is killed while it recovers what this one left.
          if round % 4 == 3 { try await writing.killAtRandom(withinMilliseconds: 40) }
          try await writing.check()
          report.rounds += 1
        }
        report.add("kill -9", writing.kills)
        report.counts.saved += writing.saved.count
        report.counts.unknownSaved += writing.found - writing.saved.count
      }
    }
  }
}

/// A file, the processes that write to it one after the other, and what they said that they saved.
private final class SQLiteWriting {
  private let folder: TemporaryFolder
  private let url: String
  private(set) var saved: Set<Int> = []
  private(set) var kills = 0
  /// Writes that are there.
  private(set) var found = 0

  init() throws {
    folder = try TemporaryFolder()
    url = "sqlite:///\(folder.path)/torture.db"
  }

  func killAtRandom(withinMilliseconds limit: Int = 250) async throws {
    let writer = try ChildProcess(
      Programs.path(of: "sqlitewriter"), [url, String(kills * 1_000_000)], environment: [:], folder: folder.path)
    // The fault itself: at any moment, also before the writer has said a word.
    try await Task.sleep(for: .milliseconds(Int.random(in: 0...limit)))
    writer.send(SIGKILL)
    let end = try await writer.end()
    #expect(end == .signal(SIGKILL))
    for line in writer.output.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2, words[0] == "saved", let id = Int(words[1]) else {
        // Written by one call, so no line is cut off.
        Issue.record("The writer said: \(line)")
        continue
      }
      saved.insert(id)
    }
    kills += 1
  }

  func check() async throws {
    let database = try await SQLiteDatabase.open(url: url)
    let integrity = try await database.run(Self.integrity)
    let orphans = try await database.run(Self.orphans)
    #expect(integrity == ["ok"])
    #expect(orphans.isEmpty)
    var rows: [Int: [Int]] = [:]
    if try await database.run(Self.tables).contains("entries") {
      for (id, part) in try await database.run(Self.entries) { rows[id, default: []].append(part) }
    }
    await database.close()
    found = rows.count
    let missing = saved.filter { rows[$0] == nil }
    #expect(missing.isEmpty)
    // What was saved and not told any more counts as well: whole, and once.
    let broken = rows.filter { $0.value.sorted() != ($0.key % 4 < 2 ? [0] : [1, 2]) }
    #expect(broken.isEmpty)
  }

  private static let integrity = texts(-101, "PRAGMA integrity_check")
  private static let orphans = texts(-102, "SELECT \"table\" FROM pragma_foreign_key_check")
  private static let tables = texts(-103, "SELECT name FROM sqlite_schema")

  private static let entries = Query<[(id: Int, part: Int)]>.all(
    Statement(
      number: -104, name: "entries", postgres: "", sqlite: "SELECT id, part FROM entries", parameters: [],
      effect: .read)
  ) { row throws(StorageError) in (try row.int(0), try row.int(1)) }

  private static func texts(_ number: Int, _ sql: StaticString) -> Query<[String]> {
    .all(Statement(number: number, name: sql, postgres: "", sqlite: sql, parameters: [], effect: .read)) {
      row throws(StorageError) in try row.text(0)
    }
  }
}
