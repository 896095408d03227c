import Glibc

/// Numbers that look random and cost nothing: the system's cost a call of the kernel each.
struct CheapRandom: Sendable {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// splitmix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// What a number of calls took.
struct Measurement: Sendable {
  var latencies: [UInt32]
  var seconds: Double
  var cpuSeconds: Double

  /// As `run` reads it.
  var line: String {
    let sorted = latencies.sorted()
    func microseconds(_ share: Double) -> Double {
      sorted.isEmpty ? 0 : Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1000
    }
    let calls = Double(max(1, latencies.count))
    return "RESULT \(calls / seconds) \(cpuSeconds / calls * 100_000) \(microseconds(0.5)) \(microseconds(0.99))"
  }

  /// Calls one after the other in each of a number of tasks, after a second in which all connections log in. `body` is
  /// given a random number.
  static func run(
    tasks: Int, seconds: Int, _ body: @escaping @Sendable (UInt64) async throws -> Void
  ) async throws -> Measurement {
    _ = try await latencies(tasks: tasks, until: now() + 1_000_000_000, body)
    let (start, cpu) = (now(), cpuSeconds())
    let latencies = try await latencies(tasks: tasks, until: start + UInt64(seconds) * 1_000_000_000, body)
    return Measurement(
      latencies: latencies, seconds: Double(now() - start) / 1e9, cpuSeconds: cpuSeconds() - cpu)
  }

  /// Calls one after the other on this thread.
  static func run(seconds: Int, _ body: (UInt64) throws -> Void) throws -> Measurement {
    let (start, cpu) = (now(), cpuSeconds())
    var latencies: [UInt32] = []
    var before = start
    var random = CheapRandom(seed: start)
    while before < start + UInt64(seconds) * 1_000_000_000 {
      try body(random.next())
      let after = now()
      latencies.append(UInt32(clamping: after - before))
      before = after
    }
    return Measurement(latencies: latencies, seconds: Double(before - start) / 1e9, cpuSeconds: cpuSeconds() - cpu)
  }

  private static func latencies(
    tasks: Int, until end: UInt64, _ body: @escaping @Sendable (UInt64) async throws -> Void
  ) async throws -> [UInt32] {
    try await withThrowingTaskGroup(of: [UInt32].self) { group in
      for _ in 0..<tasks {
        group.addTask {
          var latencies: [UInt32] = []
          var before = now()
          var random = CheapRandom(seed: before ^ UInt64.random(in: .min...(.max)))
          while before < end {
            try await body(random.next())
            let after = now()
            latencies.append(UInt32(clamping: after - before))
            before = after
          }
          return latencies
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }

  /// Nanoseconds of the monotonic clock.
  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// User and system time of this process.
  private static func cpuSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
  }
}
