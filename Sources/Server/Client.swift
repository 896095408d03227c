import HTTP
import HTTPTypes
import Security
import Values

/// Who asks, as far as limits are concerned.
enum Client {
  /// Where a token is what lets in, the user that it names; else the address: before a login nobody is anyone yet, and
  /// the token of another account must not buy more tries.
  static func of(_ request: Request, operation: String?, signer: TokenSigner) -> String {
    if let operation, RateLimits.Limited(operationID: operation)?.isOfUser == true,
      let bearer = request.authorization("bearer"), let token = try? signer.verify(bearer, now: .now)
    {
      return token.subject.canonical
    }
    return address(of: request) ?? "unknown"
  }

  /// The other end's address; when that is a proxy on this machine or in this private network, the address that the
  /// proxy added last.
  private static func address(of request: Request) -> String? {
    guard let peer = request.remoteAddress else { return nil }
    guard isPrivate(peer), let forwarded = request.head.headerFields[.xForwardedFor],
      let last = forwarded.split(separator: ",").last?.trimmed, !last.isEmpty
    else { return peer }
    return last
  }

  /// Whether an address is not of the public Internet (RFC 1918, RFC 4193, loopback).
  static func isPrivate(_ address: String) -> Bool {
    let address = address.hasPrefix("::ffff:") ? String(address.dropFirst(7)) : address
    let numbers = address.split(separator: ".").compactMap { UInt8($0) }
    if numbers.count == 4 {
      return switch (numbers[0], numbers[1]) {
      case (127, _), (10, _), (192, 168), (172, 16...31): true
      default: false
      }
    }
    return address == "::1" || address.hasPrefix("fc") || address.hasPrefix("fd")
  }
}

extension HTTPField.Name {
  fileprivate static let xForwardedFor = HTTPField.Name("X-Forwarded-For")!
}
