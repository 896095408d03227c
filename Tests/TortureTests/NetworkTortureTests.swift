import TestSupport
import Testing

/// What stands between the engine and the server cuts, delays, truncates and refuses.
extension Torture {
  @Test(.timeLimit(.minutes(Torture.limit(share: 0.3))))
  func `The network fails in every way`() async throws {
    try await Arena.with { arena in
      try await Torture.run("storage/network", share: 0.3) { report in
        let proxy = try FaultProxy(to: arena.cluster.cluster.port)
        let before = report.counts.unknownSaved
        try await arena.chapter(&report, through: proxy) { load, report in
          for _ in 0..<300 {
            proxy.arm(.random())
            try await eventually("the fault happens") { !proxy.isArmed }
            try await load.progress(5)
            report.rounds += 1
          }
        }
        for (fault, count) in proxy.injected { report.add(fault, count) }
        // What was saved before the answer was lost is there, and nobody was told that it is not.
        let lost = proxy.injected[Fault.loseAnswer(to: .write, butEnd: false).name, default: 0]
        #expect(report.counts.unknownSaved - before >= lost)
      }
    }
  }
}

extension Fault {
  fileprivate static func random() -> Fault {
    let side = Bool.random() ? Side.client : .server
    // From within one message to beyond many.
    let bytes = Int.random(in: 0..<1 << Int.random(in: 0...14))
    return switch Int.random(in: 0..<20) {
    case 0..<6: .cut(from: side, after: bytes, abruptly: .random())
    case 6..<8: .truncate(from: side, after: bytes)
    case 8..<12: .loseAnswer(to: .write, butEnd: .random())
    case 12..<13: .loseAnswer(to: .read, butEnd: .random())
    case 13..<15: .delay(from: side, after: bytes, .milliseconds(Int.random(in: 1...60)))
    case 15..<17: .trickle(from: side, after: bytes, bytes: Int.random(in: 1...300))
    case 17..<19: .refuse(attempts: Int.random(in: 1...12))
    default: .silence(from: side, after: bytes)
    }
  }
}
