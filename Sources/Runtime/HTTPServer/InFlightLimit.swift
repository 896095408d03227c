public import HTTP
import Synchronization

/// Refuses requests with 503 while as many as it allows are being answered, so that those stay fast.
///
/// A streamed response counts until its stream begins: open streams are bounded by ``HTTPLimits/connections``.
public final class InFlightLimit: Responder {
  private let limit: Int
  private let running = Atomic(0)
  private let next: any Responder

  public init(_ limit: Int, next: any Responder) {
    self.limit = limit
    self.next = next
  }

  public func respond(to request: Request) async -> Response {
    let count = running.add(1, ordering: .relaxed).newValue
    defer { running.subtract(1, ordering: .relaxed) }
    guard count <= limit else { return Problem.overloaded().response(requestID: request.id) }
    return await next.respond(to: request)
  }
}
