import CEpoll

/// What a file descriptor is watched for, and what it turned out to be ready for.
public struct Interest: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  public static let readable = Interest(rawValue: 1)
  public static let writable = Interest(rawValue: 2)

  /// Only ever reported, together with `readable` and `writable`: the peer hung up or the descriptor has an error,
  /// so the next call on it will not block and says which.
  public static let failed = Interest(rawValue: 4)

  /// The bits that `epoll_ctl(2)` takes. Level-triggered: what is not consumed is reported again.
  var epollEvents: UInt32 {
    var events: UInt32 = 0
    if contains(.readable) { events |= EPOLLIN.rawValue | EPOLLRDHUP.rawValue }
    if contains(.writable) { events |= EPOLLOUT.rawValue }
    return events
  }

  init(epollEvents events: UInt32) {
    self = []
    if events & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue) != 0 { insert(.readable) }
    if events & EPOLLOUT.rawValue != 0 { insert(.writable) }
    if events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 { formUnion([.readable, .writable, .failed]) }
  }
}
