public import FoundationEssentials
import Synchronization

extension UUID {
  /// A new id that sorts by time (RFC 9562 §5.7): 48 bits of milliseconds, a counter of 12 bits, 62 random bits.
  ///
  /// Ids grow within the process, also in one millisecond and when the clock steps back by less than ten seconds.
  public static func v7(at moment: Timestamp = .now) -> UUID {
    let asked = UInt64(clamping: moment.milliseconds)
    let (milliseconds, counter) = clock.withLock { $0.tick(asked) }
    let random = UInt64.random(in: 0..<1 << 62)
    return UUID(high: milliseconds << 16 | 0x7000 | counter, low: 1 << 63 | random)
  }

  private static let clock = Mutex(Clock())

  /// The time and the counter of the last id (RFC 9562 §6.2, method 1).
  struct Clock {
    var milliseconds: UInt64 = 0
    var counter: UInt64 = 0

    mutating func tick(_ asked: UInt64) -> (milliseconds: UInt64, counter: UInt64) {
      if asked > milliseconds || asked + 10_000 < milliseconds {
        milliseconds = asked & 0xFFFF_FFFF_FFFF
        counter = UInt64.random(in: 0..<1 << 11)
      } else if counter < 0xFFF {
        counter += 1
      } else {
        milliseconds += 1
        counter = 0
      }
      return (milliseconds, counter)
    }
  }
}
