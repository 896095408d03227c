import Glibc

/// Durations in nanoseconds.
struct Sample {
  private var values: [UInt64] = []

  var count: Int { values.count }

  mutating func add(_ value: UInt64) {
    values.append(value)
  }

  /// Microseconds: `{"p50": …, "p99": …, "max": …}`.
  mutating func json() -> String {
    values.sort()
    func at(_ share: Double) -> UInt64 {
      values.isEmpty ? 0 : values[min(values.count - 1, Int(Double(values.count) * share))] / 1000
    }
    return "{\"p50\": \(at(0.5)), \"p99\": \(at(0.99)), \"max\": \(at(1))}"
  }
}

/// The same clock as the upstream's.
func now() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
