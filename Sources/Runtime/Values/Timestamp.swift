#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A moment in UTC, with a resolution of one millisecond.
///
/// Kept as an integer and written as RFC 3339 only at the edge. Texts cover the years 0001 to 9999.
public struct Timestamp: Sendable, Hashable, Comparable {
  /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
  public var milliseconds: Int64

  /// A moment so many milliseconds after (before, when negative) 1970-01-01T00:00:00Z.
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// The earliest moment that has a text: 0001-01-01T00:00:00.000Z.
  public static let earliest = Timestamp(milliseconds: -62_135_596_800_000)

  /// The latest moment that has a text: 9999-12-31T23:59:59.999Z.
  public static let latest = Timestamp(milliseconds: 253_402_300_799_999)

  /// This moment, by the system's clock.
  public static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The moment a duration later, whole milliseconds of it counted.
  public static func + (moment: Timestamp, duration: Duration) -> Timestamp {
    let (seconds, attoseconds) = duration.components
    return Timestamp(milliseconds: moment.milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }

  /// The moment a duration earlier.
  public static func - (moment: Timestamp, duration: Duration) -> Timestamp {
    moment + (Duration.zero - duration)
  }

  /// The time from one moment to another.
  public static func - (end: Timestamp, start: Timestamp) -> Duration {
    .milliseconds(end.milliseconds - start.milliseconds)
  }
}
