public import HTTP
import HTTPTypes
import Synchronization

/// Refuses with 429 what a client asks for more often than a rule allows: a token bucket a client and rule, in this
/// process's memory.
public final class RateLimit: Responder {
  /// So many requests at once, and as many again spread over each period.
  public struct Rule: Sendable, Hashable {
    public var count: Int
    public var period: Duration

    public init(count: Int, period: Duration) {
      self.count = count
      self.period = period
    }
  }

  private struct Key: Hashable {
    let rule: String
    let client: String
  }

  private struct Bucket {
    var tokens: Double
    var filledAt: ContinuousClock.Instant
  }

  private let rules: [String: Rule]
  private let rule: @Sendable (Request) -> String?
  private let client: @Sendable (Request) -> String
  private let next: any Responder
  private let now: @Sendable () -> ContinuousClock.Instant
  private let buckets = Mutex<[Key: Bucket]>([:])

  /// Clients that are remembered at most; with more, those who could ask again anyway are forgotten.
  private static let capacity = 100_000

  /// - Parameters:
  ///   - rules: by name.
  ///   - rule: the name of the rule that a request falls under; what falls under the same counts together.
  ///   - client: who asks, such as a user or an address.
  public init(
    rules: [String: Rule], rule: @escaping @Sendable (Request) -> String?,
    client: @escaping @Sendable (Request) -> String,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }, next: any Responder
  ) {
    self.rules = rules
    self.rule = rule
    self.client = client
    self.now = now
    self.next = next
  }

  public func respond(to request: Request) async -> Response {
    guard request.head.method != .options, let name = rule(request), let rule = rules[name],
      let wait = take(Key(rule: name, client: client(request)), rule)
    else { return await next.respond(to: request) }
    return Problem.tooManyRequests(retryAfter: wait).response(requestID: request.id)
  }

  /// Takes a token; the seconds until there is one when there is none.
  private func take(_ key: Key, _ rule: Rule) -> Int? {
    let now = now()
    let rate = Double(rule.count) / (rule.period / .seconds(1))
    return buckets.withLock { buckets in
      var bucket = buckets[key] ?? Bucket(tokens: Double(rule.count), filledAt: now)
      bucket.tokens = min(Double(rule.count), bucket.tokens + (now - bucket.filledAt) / .seconds(1) * rate)
      bucket.filledAt = now
      guard bucket.tokens >= 1 else {
        buckets[key] = bucket
        return max(1, Int(((1 - bucket.tokens) / rate).rounded(.up)))
      }
      bucket.tokens -= 1
      if buckets.count >= RateLimit.capacity, buckets[key] == nil { forget(&buckets, now) }
      buckets[key] = bucket
      return nil
    }
  }

  private func forget(_ buckets: inout [Key: Bucket], _ now: ContinuousClock.Instant) {
    buckets = buckets.filter { key, bucket in
      guard let rule = rules[key.rule] else { return false }
      return now - bucket.filledAt < rule.period
    }
    // So many clients within one period are an attack; remembering none of them bounds the memory.
    if buckets.count >= RateLimit.capacity { buckets = [:] }
  }
}
