public import HTTP
import HTTPTypes
import Synchronization

/// Counts requests by operation, method and status, times them, and tells both at `GET /metrics` in Prometheus' text
/// format (version 0.0.4).
public final class Metrics: Responder {
  private struct Series: Hashable {
    let operation: String
    let method: String
    let status: Int
  }

  private struct Histogram {
    var counts = [Int](repeating: 0, count: Metrics.bounds.count + 1)
    var sum = 0.0
  }

  private struct State {
    var inFlight = 0
    var requests: [Series: Int] = [:]
    var durations: [String: Histogram] = [:]
  }

  private let operation: @Sendable (Request) -> String?
  private let next: any Responder
  private let state = Mutex(State())

  /// Upper bounds of the histogram's buckets, in seconds.
  private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

  /// - Parameter operation: the operation that a request is for; nil when there is none. Its values must be few.
  public init(operation: @escaping @Sendable (Request) -> String?, next: any Responder) {
    self.operation = operation
    self.next = next
  }

  public func respond(to request: Request) async -> Response {
    if request.path == "/metrics", request.head.method == .get || request.head.method == .head {
      return Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
        body: .bytes(Array(text().utf8)))
    }
    let start = ContinuousClock.now
    state.withLock { $0.inFlight += 1 }
    let response = await next.respond(to: request)
    let status = response.status.code
    return response.observed(for: request) { [self] _, _ in
      record(request, status: status, seconds: (ContinuousClock.now - start) / .seconds(1))
    }
  }

  private func record(_ request: Request, status: Int, seconds: Double) {
    let operation = operation(request) ?? "none"
    let series = Series(operation: operation, method: Metrics.label(request.head.method), status: status)
    let bucket = Metrics.bounds.firstIndex { seconds <= $0 } ?? Metrics.bounds.count
    state.withLock { state in
      state.inFlight -= 1
      state.requests[series, default: 0] += 1
      state.durations[operation, default: Histogram()].counts[bucket] += 1
      state.durations[operation, default: Histogram()].sum += seconds
    }
  }

  /// Clients can invent methods; a label for each would let them fill the memory.
  private static func label(_ method: HTTPRequest.Method) -> String {
    switch method {
    case .get, .head, .post, .put, .patch, .delete, .options, .trace, .query: method.rawValue
    default: "OTHER"
    }
  }

  private func text() -> String {
    let (inFlight, requests, durations) = state.withLock { ($0.inFlight, $0.requests, $0.durations) }
    var text = """
      # HELP http_server_requests_in_flight Requests that are being answered, open streams included.
      # TYPE http_server_requests_in_flight gauge
      http_server_requests_in_flight \(inFlight)
      # HELP http_server_requests_total Requests that were answered.
      # TYPE http_server_requests_total counter

      """
    let ordered = requests.sorted {
      ($0.key.operation, $0.key.method, $0.key.status) < ($1.key.operation, $1.key.method, $1.key.status)
    }
    for (series, count) in ordered {
      text += "http_server_requests_total{operation=\"\(series.operation)\",method=\"\(series.method)\""
      text += ",status=\"\(series.status)\"} \(count)\n"
    }
    text += "# HELP http_server_request_duration_seconds Time from a request's head to the end of its response.\n"
    text += "# TYPE http_server_request_duration_seconds histogram\n"
    for (operation, histogram) in durations.sorted(by: { $0.key < $1.key }) {
      Metrics.write(histogram, operation: operation, to: &text)
    }
    return text
  }

  private static func write(_ histogram: Histogram, operation: String, to text: inout String) {
    let name = "http_server_request_duration_seconds"
    var total = 0
    for (index, count) in histogram.counts.enumerated() {
      total += count
      let bound = index < bounds.count ? "\(bounds[index])" : "+Inf"
      text += "\(name)_bucket{operation=\"\(operation)\",le=\"\(bound)\"} \(total)\n"
    }
    text += "\(name)_sum{operation=\"\(operation)\"} \(histogram.sum)\n"
    text += "\(name)_count{operation=\"\(operation)\"} \(total)\n"
  }
}
