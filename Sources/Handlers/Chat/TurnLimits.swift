/// The bounds of turns: of what a model is told, and of the time in which instances learn of one another.
public struct TurnLimits: Sendable {
  /// How many tokens prompt and answer may have together.
  public var contextTokens = 16_000
  /// How long after its owner was last heard of a turn belongs to nobody.
  public var lease = Duration.seconds(10)
  /// How often what came is saved, at most.
  public var checkpoint = Duration.seconds(1)
  /// How often the lease is extended while nothing comes.
  public var heartbeat = Duration.seconds(2)
  /// How often what came is saved while another instance wants to know of it; also how often all of this is looked at.
  public var tick = Duration.milliseconds(100)
  /// How often turns of nobody are looked for.
  public var sweep = Duration.seconds(5)
  /// How often an instance looks for what another one saved, unless it is told.
  public var poll = Duration.milliseconds(250)

  public init() {}

  /// Messages of a conversation that are read for a turn: as many as usually fit.
  var contextMessages: Int { min(max(contextTokens / 200, 20), 500) }
}
