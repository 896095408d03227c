import Testing

@testable import AIClient

@Suite("What follows a failed attempt")
struct RetryPolicyTests {
  let policy = RetryPolicy(retries: 2)

  private func step(
    _ error: AIError, attempt: Int = 1, left: Duration = .seconds(100), random: Double = 0
  ) -> RetryPolicy.Step {
    policy.step(after: error, attempt: attempt, left: left, random: random)
  }

  @Test(
    "What may pass is tried again at the same server",
    arguments: [
      .refused, .unreachable, .interrupted, .rateLimited, .upstreamStatus(408), .upstreamStatus(409),
      .upstreamStatus(425), .upstreamStatus(500), .upstreamStatus(502), .upstreamStatus(503), .upstreamStatus(504),
      .upstreamStatus(529),
    ] as [AIError.Code])
  func time(code: AIError.Code) {
    #expect(step(AIError(code)) == .again(after: .milliseconds(250)))
  }

  @Test(
    "What will not pass goes to the next server at once",
    arguments: [
      .timeout, .invalidResponse, .unauthorized, .tooLarge, .invalidConfiguration, .upstreamStatus(302),
      .upstreamStatus(400), .upstreamStatus(402), .upstreamStatus(404), .upstreamStatus(413), .upstreamStatus(422),
      .upstreamStatus(501),
    ] as [AIError.Code])
  func otherServer(code: AIError.Code) {
    #expect(step(AIError(code)) == .next)
  }

  @Test("A cancelled answer, and one whose time is over, are not tried again")
  func over() {
    #expect(step(AIError(.cancelled)) == .fail)
    #expect(step(AIError(.refused), left: .zero) == .fail)
    #expect(step(AIError(.timeout), left: .seconds(-1)) == .fail)
  }

  @Test("Waits double up to a bound, and half of each is chance")
  func backoff() {
    let waits = (1...7).map { attempt in
      RetryPolicy(retries: 7).step(after: AIError(.refused), attempt: attempt, left: .seconds(100), random: 1)
    }
    #expect(
      waits == [0.5, 1, 2, 4, 8, 10, 10].map { (seconds: Double) in RetryPolicy.Step.again(after: .seconds(seconds)) })
    #expect(step(AIError(.refused), attempt: 2, random: 0) == .again(after: .milliseconds(500)))
    #expect(step(AIError(.refused), attempt: 3) == .next)
  }

  @Test("The server's word counts, unless it asks for more than a user waits")
  func retryAfter() {
    #expect(step(AIError(.rateLimited, retryAfter: .seconds(7))) == .again(after: .seconds(7)))
    #expect(
      step(AIError(.upstreamStatus(503), retryAfter: .seconds(0)), random: 1) == .again(after: .milliseconds(500)))
    #expect(step(AIError(.rateLimited, retryAfter: .seconds(11))) == .next)
  }

  @Test("Nothing is waited for that the time left does not allow")
  func timeLeft() {
    #expect(step(AIError(.rateLimited, retryAfter: .seconds(7)), left: .seconds(6)) == .next)
  }

  @Test(
    "Retry-After is seconds or a date, which counts from the server's own clock",
    arguments: [
      ("0", nil, 0), ("120", nil, 120), ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:07 GMT", 30),
      ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 09:00:00 GMT", 0),
      ("Wed, 01 Mar 2028 00:00:10 GMT", "Tue, 29 Feb 2028 23:59:50 GMT", 20),
      ("Sun, 06 Nov 1994 08:49:37 GMT", nil, 0), ("-1", nil, nil), ("soon", nil, nil), ("1.5", nil, nil),
      ("Sun, 06 Nov 1994 25:49:37 GMT", nil, nil), ("Sun, 06 Foo 1994 08:49:37 GMT", nil, nil),
      ("99999999999999999999", nil, nil), ("", nil, nil),
    ] as [(String, String?, Int?)])
  func header(value: String, sent: String?, seconds: Int?) {
    #expect(RetryAfter.duration(of: value, sent: sent) == seconds.map { (count: Int) in Duration.seconds(count) })
  }
}
