public import Values

public import struct FoundationEssentials.UUID

/// What a handler takes from the world around it: the time and fresh ids. Tests put their own in.
public struct Ambient: Sendable {
  public var now: @Sendable () -> Timestamp
  public var newID: @Sendable () -> UUID

  public init(
    now: @escaping @Sendable () -> Timestamp = { .now },
    newID: @escaping @Sendable () -> UUID = { .v7() }
  ) {
    self.now = now
    self.newID = newID
  }
}
