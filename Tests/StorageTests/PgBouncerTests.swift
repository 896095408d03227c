import FoundationEssentials
import Glibc
import Storage
import TestSupport
import Testing
import Values

@testable import Postgres

/// Debian's PgBouncer in transaction mode with two server connections for everybody: each transaction may meet another
/// server process, and meets what the one before left behind.
@Suite(.serialized) struct PgBouncerTests {
  @Test func `Everything works through PgBouncer in transaction mode`() async throws {
    try await PgBouncer.with { url in
      let database = try await PostgresDatabase.open(url: url, poolSize: 8)
      try await Migration.apply(Samples.tables, to: database)
      for id in 0..<20 { try await database.run(Samples.insert(id, .int(Int64(id)))) }
      let failures = await withTaskGroup { group in
        for task in 0..<16 {
          group.addTask {
            do {
              for round in 0..<20 {
                try await mix(database, task * 1000 + round + 100)
              }
              return 0
            } catch {
              Issue.record(error)
              return 1
            }
          }
        }
        return await group.reduce(0, +)
      }
      #expect(failures == 0)
      let names = try await database.run(Samples.names)
      #expect(names.count == 16 * 20)
      await database.close()
    }
  }

  /// A little of everything.
  private func mix(_ database: any Database, _ id: Int) async throws {
    let found = try await database.run(Samples.find(id % 20))
    #expect(found == .int(Int64(id % 20)))
    try await database.run(Samples.insert(id, .int(Int64(id))))
    let (one, other) = try await database.run(Samples.find(id), Samples.find(3))
    #expect(one == .int(Int64(id)))
    #expect(other == .int(3))
    let twice = try await code { try await database.run(Samples.insert(id, .int(0))) }
    #expect(twice == .uniqueViolation)
    let inBatch = try await code {
      _ = try await database.run(Samples.insert(id + 500_000, .int(0)), Samples.insert(id, .int(0)))
    }
    #expect(inBatch == .uniqueViolation)
    try await database.transaction { transaction in
      let before = try await transaction.run(Samples.find(id))
      try await transaction.run(Samples.insert(id + 1_000_000, before ?? .null))
      try await transaction.run(Samples.insertPerson(name: "p\(String(id, radix: 36))"))
    }
    let rolledBack = try await code {
      try await database.transaction { transaction in
        try await transaction.run(Samples.insert(id + 2_000_000, .int(0)))
        try await transaction.run(Samples.insert(id, .int(0)))
      }
    }
    #expect(rolledBack == .uniqueViolation)
    let kept = try await database.run(Samples.find(id + 1_000_000))
    #expect(kept == .int(Int64(id)))
  }

  @Test func `No setting stays behind on a server connection that others use`() async throws {
    try await PgBouncer.with { url in
      let database = try await PostgresDatabase.open(url: url, poolSize: 6)
      var people = Samples.people
      people.indexes.removeAll { !$0.isUnique }
      try await Migration.apply([people], to: database)
      // An index on a table that is there is made outside of any transaction.
      let migration = try await Migration.apply(Samples.tables, to: database, Migration.Options(scope: .all))
      #expect(migration.steps.contains { $0.name.contains("people_age") })
      // Text on its own is sent as it is, so it sees what the session has.
      let check = """
        DO $$ BEGIN
          IF current_setting('statement_timeout') <> '0' OR current_setting('default_transaction_read_only') <> 'off'
            OR current_setting('transaction_read_only') <> 'off'
            OR current_setting('idle_in_transaction_session_timeout') <> '0'
          THEN RAISE EXCEPTION 'a setting stayed behind'; END IF;
        END $$
        """
      for id in 0..<20 {
        async let read = database.run(Samples.find(id))
        async let other = database.run(Samples.find(id))
        _ = try await (read, other)
        try await database.run(Samples.insert(id, .int(1)))
        try await database.execute(script: check)
      }
      await database.close()
    }
  }

  @Test func `Behind PgBouncer reads are read-only and times are limited, for each transaction`() async throws {
    try await PgBouncer.with { url in
      let database = try await PostgresDatabase.open(url: url, poolSize: 6)
      try await Migration.apply(Samples.tables, to: database)
      let settings = Statement(
        number: 300, name: "settings",
        postgres: """
          SELECT concat_ws(' ', current_setting('transaction_read_only'), current_setting('statement_timeout'),
            current_setting('TimeZone'))
          """, sqlite: "", parameters: [], effect: .read)
      let read = try await database.run(
        Query<String?>.first(settings) { row throws(StorageError) in try row.text(0) })
      #expect(read == "on 30s UTC")
      let inTransaction = try await database.transaction { transaction in
        try await transaction.run(Query<String?>.first(settings) { row throws(StorageError) in try row.text(0) })
      }
      #expect(inTransaction == "off 30s UTC")
      let disguised = Statement(
        number: 301, name: "disguised",
        postgres: "INSERT INTO \"values\" (id) VALUES (1)", sqlite: "", parameters: [], effect: .read)
      let code = try await code { try await database.run(Query<Void>(disguised)) }
      #expect(code == .sqlState("25006"))
      let listening = try await StorageTests.code {
        _ = try await database.notifications(on: "channel")
      }
      #expect(listening == .configuration)
      await database.close()
    }
  }
}

/// PgBouncer between a test and the cluster, for a database of its own.
enum PgBouncer {
  static func with(_ body: (_ url: String) async throws -> Void) async throws {
    let name = "pgbouncer_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
    let cluster = try PostgresCluster.fromEnvironment()
    try await cluster.run("CREATE DATABASE \(name) TEMPLATE template0")
    do {
      try await serve(cluster, name, body)
    } catch {
      try await cluster.run("DROP DATABASE \(name) WITH (FORCE)")
      throw error
    }
    try await cluster.run("DROP DATABASE \(name) WITH (FORCE)")
  }

  private static func serve(
    _ cluster: PostgresCluster, _ name: String, _ body: (_ url: String) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let port = try Loopback.freePort()
    try folder.write(
      """
      [databases]
      \(name) = host=127.0.0.1 port=\(cluster.port) user=postgres password=\(cluster.url.password ?? "")
      [pgbouncer]
      listen_addr = 127.0.0.1
      listen_port = \(port)
      unix_socket_dir =
      auth_type = any
      pool_mode = transaction
      default_pool_size = 2
      """, to: "pgbouncer.ini")
    // It refuses to run as root, and must then read what root wrote.
    let user = geteuid() == 0 ? ["--user=postgres"] : []
    let process = try ChildProcess(
      "pgbouncer", user + ["\(folder.path)/pgbouncer.ini"],
      environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"], folder: folder.path)
    try await process.line(containing: "process up")
    try await body("postgresql://somebody@127.0.0.1:\(port)/\(name)")
    // It inherits which signals are blocked, SIGTERM among them.
    process.send(SIGKILL)
    _ = try await process.end()
  }
}
