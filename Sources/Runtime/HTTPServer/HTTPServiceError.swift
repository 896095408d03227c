import NIOCore

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Why a service cannot listen.
public struct HTTPServiceError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: Sendable, Hashable {
    /// Something else listens on the port.
    case portInUse
    /// The system does not let this user listen on the port.
    case notPermitted
    /// The host is no address of this machine.
    case unknownHost
    case other
  }

  public let code: Code
  /// One line for the operator: what, why, what to do.
  public let description: String

  init(_ error: IOError, host: String, port: Int) {
    switch error.errnoCode {
    case EADDRINUSE:
      code = .portInUse
      description = "port \(port) on \(host) is in use: stop what listens there, or choose another PORT"
    case EACCES:
      code = .notPermitted
      description = "port \(port) on \(host) is not permitted to this user: choose a PORT above 1023"
    case EADDRNOTAVAIL:
      code = .unknownHost
      description = "\(host) is not an address of this machine: choose another HOST (127.0.0.1, 0.0.0.0)"
    default:
      code = .other
      description = "cannot listen on port \(port) of \(host): \(error)"
    }
  }

  init(_ error: SocketAddressError, host: String, port: Int) {
    code = .unknownHost
    description = "\(host) is not an address of this machine: choose another HOST (127.0.0.1, 0.0.0.0)"
  }
}
