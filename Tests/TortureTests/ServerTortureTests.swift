import Glibc
import TestSupport
import Testing

/// The server's processes are ended, killed and stopped.
extension Torture {
  @Test(.timeLimit(.minutes(Torture.limit(share: 0.15))))
  func `Backends are terminated and killed`() async throws {
    try await Arena.with { arena in
      try await Torture.run("storage/backends", share: 0.15) { report in
        try await arena.chapter(&report) { load, report in
          for round in 1...24 {
            try await load.progress()
            if round % 6 == 0 {
              // The postmaster ends all the others and recovers.
              guard let backend = try await arena.backends().randomElement() else { continue }
              kill(backend, SIGKILL)
              report.add("kill -9 of a backend")
            } else {
              let terminated = try await arena.run(
                """
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < \(round % 2 == 0 ? 1 : 0.4)
                """)
              report.add("pg_terminate_backend", Int(terminated) ?? 0)
            }
            report.rounds += 1
          }
          try await load.progress()
        }
      }
    }
  }

  @Test(.timeLimit(.minutes(Torture.limit(share: 0.15))))
  func `The server is killed, shut down and started again`() async throws {
    try await Arena.with { arena in
      try await Torture.run("storage/postmaster", share: 0.15) { report in
        try await arena.chapter(&report) { load, report in
          for round in 0..<6 {
            try await load.progress()
            switch round % 3 {
            case 0:
              kill(try arena.cluster.postmaster(), SIGKILL)
              report.add("kill -9 of the postmaster")
            case 1:
              try await arena.cluster.stop(.immediate)
              report.add("immediate shutdown")
            default:
              try await arena.cluster.stop(.fast)
              report.add("fast shutdown")
            }
            try await arena.cluster.start()
            report.rounds += 1
          }
          try await load.progress()
        }
      }
    }
  }

  @Test(.timeLimit(.minutes(Torture.limit(share: 0.15))))
  func `Backends and the postmaster are stopped for a while`() async throws {
    try await Arena.with { arena in
      try await Torture.run("storage/stopped", share: 0.15) { report in
        try await arena.chapter(&report) { load, report in
          for round in 0..<6 {
            try await load.progress()
            let postmaster = try arena.cluster.postmaster()
            let backends = try await arena.backends()
            let stopped: [Int32]
            switch round % 3 {
            case 0:
              stopped = try await arena.stopBackends(2)
              report.add("SIGSTOP of a backend", stopped.count)
            case 1:
              stopped = backends + [postmaster]
              report.add("SIGSTOP of the whole server")
            default:
              stopped = [postmaster]
              report.add("SIGSTOP of the postmaster")
            }
            // Those that stand still already go on doing so.
            for process in stopped { kill(process, SIGSTOP) }
            do {
              // Where some still work, the others' work goes on; where none does, callers are told.
              if round % 3 == 1 { try await load.refusals(10) } else { try await load.progress() }
              if round % 3 == 2 {
                // Nobody takes new connections in.
                for backend in backends { kill(backend, SIGTERM) }
                try await load.refusals(10)
              }
            } catch {
              for process in stopped { kill(process, SIGCONT) }
              throw error
            }
            for process in stopped { kill(process, SIGCONT) }
            report.rounds += 1
          }
          try await load.progress()
        }
      }
    }
  }
}
