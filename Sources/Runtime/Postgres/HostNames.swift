import Glibc
import Storage

extension PostgresURL {
  /// Whether hosts are given by names, which libpq would look up where it is called.
  private var needsAddresses: Bool { parameters["hostaddr"] == nil && hosts.contains { Self.isName($0) } }

  /// Calls back with what libpq is told of hosts that are addresses: at once, or from another thread.
  func resolve(_ done: @escaping @Sendable (Result<ResolvedHosts, StorageError>) -> Void) {
    guard needsAddresses else { return done(.success(ResolvedHosts(parameters))) }
    runAside { done(parametersWithAddresses().map(ResolvedHosts.init)) }
  }

  private var hosts: [String] {
    (parameters["host"] ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  /// libpq's parameters with an address for each name (PostgreSQL 34.1.1: `hostaddr` has as many entries as `host`,
  /// which is still used to check certificates). A name with several addresses stands there several times. Blocks.
  private func parametersWithAddresses() -> Result<[String: String], StorageError> {
    let ports = (parameters["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var found: [(host: String, address: String, port: String)] = []
    var failure = ""
    for (index, host) in hosts.enumerated() {
      // One port serves all hosts.
      let port = ports.count == 1 ? ports[0] : ports.indices.contains(index) ? ports[index] : ""
      guard Self.isName(host) else {
        // A socket's folder has no address; an address is its own.
        found.append((host, host.hasPrefix("/") || host.hasPrefix("@") ? "" : host, port))
        continue
      }
      switch Self.addresses(of: host) {
      case .success(let addresses): found += addresses.map { (host, $0, port) }
      case .failure(let error): failure = "\(error.description)"
      }
    }
    if found.isEmpty { return .failure(StorageError(.unavailable, failure)) }
    var result = parameters
    result["host"] = found.map(\.host).joined(separator: ",")
    result["hostaddr"] = found.map(\.address).joined(separator: ",")
    result["port"] = found.map(\.port).joined(separator: ",")
    return .success(result)
  }

  /// Neither a socket's folder nor an address; empty is libpq's default, a socket.
  private static func isName(_ host: String) -> Bool {
    var buffer = in6_addr()
    return !host.isEmpty && !host.hasPrefix("/") && !host.hasPrefix("@")
      && inet_pton(AF_INET, host, &buffer) != 1 && inet_pton(AF_INET6, host, &buffer) != 1
  }

  private static func addresses(of name: String) -> Result<[String], StorageError> {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(name, nil, &hints, &list)
    guard code == 0 else {
      return .failure(
        StorageError(
          .unavailable, "PostgreSQL cannot be reached: the host \(name): \(String(cString: gai_strerror(code)))."))
    }
    defer { freeaddrinfo(list) }
    var addresses: [String] = []
    var next = list
    while let entry = next?.pointee {
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      if getnameinfo(entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 {
        addresses.append(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
      }
      next = entry.ai_next
    }
    return .success(addresses)
  }
}

/// Where to connect to: libpq's parameters, without names to look up.
struct ResolvedHosts: Sendable {
  private(set) var parameters: [String: String]
  /// How many addresses are tried in turn.
  let count: Int

  init(_ parameters: [String: String]) {
    self.parameters = parameters
    count = max(1, (parameters["hostaddr"] ?? parameters["host"] ?? "").split(separator: ",").count)
    // Who polls has no time limit for each address: one that swallows packets would use up the time of the others.
    if count > 1, parameters["tcp_user_timeout"] == nil { self.parameters["tcp_user_timeout"] = "8000" }
  }
}
