public import HTTP
import HTTPTypes
public import Logging

/// Writes one line a request: never a query, a token or a body.
public struct AccessLog: Responder {
  private let logger: Logger
  private let operation: @Sendable (Request) -> String?
  private let next: any Responder

  /// - Parameter operation: the operation that a request is for, or its route template; nil when there is none.
  public init(logger: Logger, operation: @escaping @Sendable (Request) -> String?, next: any Responder) {
    self.logger = logger
    self.operation = operation
    self.next = next
  }

  public func respond(to request: Request) async -> Response {
    guard logger.logLevel <= .info else { return await next.respond(to: request) }
    let start = ContinuousClock.now
    let response = await next.respond(to: request)
    let status = response.status.code
    return response.observed(for: request) { bytes, cutOff in
      let elapsed = ContinuousClock.now - start
      var metadata: Logger.Metadata = [
        "method": "\(request.head.method.rawValue)",
        "operation": "\(operation(request) ?? "none")",
        "status": "\(status)",
        "ms": "\(elapsed / .milliseconds(1), digits: 1)",
        "bytes": "\(bytes)",
        "request_id": "\(request.id)",
      ]
      if cutOff { metadata["cut_off"] = "true" }
      logger.info("request", metadata: metadata)
    }
  }
}

extension Logger.MetadataValue.StringInterpolation {
  /// A number with so many decimal places.
  fileprivate mutating func appendInterpolation(_ number: Double, digits: Int) {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    appendInterpolation((number * scale).rounded() / scale)
  }
}
