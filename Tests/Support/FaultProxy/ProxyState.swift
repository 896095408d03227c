import Synchronization

/// What all connections of a proxy share: the fault to come, and the counts.
final class ProxyState: Sendable {
  private struct Content {
    /// The fault to come, and what is left until it happens.
    var fault: Fault?
    var left = 0
    var isUnderWay = false
    var injected: [String: Int] = [:]
    var messages: [ClientMessage: Int] = [:]
    var links: [ObjectIdentifier: ProxyLink] = [:]
    var isStopped = false
  }

  private let content = Mutex(Content())

  // MARK: Faults

  func arm(_ fault: Fault) {
    let links = content.withLock { content -> [ProxyLink] in
      precondition(!content.isUnderWay, "one fault after the other")
      content.fault = fault
      content.isUnderWay = true
      if case .refuse(let attempts) = fault {
        content.left = attempts
        return Array(content.links.values)
      }
      content.left = fault.countdown?.bytes ?? 0
      return []
    }
    for link in links { link.cut(abruptly: true) }
  }

  /// Called with what a side sent: the fault that strikes in it, and at which byte. The taker calls `finish`.
  func take(_ count: Int, from side: Fault.Side) -> (fault: Fault, at: Int)? {
    content.withLock { content in
      guard let fault = content.fault, let countdown = fault.countdown, countdown.side == side else { return nil }
      guard content.left < count else {
        content.left -= count
        return nil
      }
      content.fault = nil
      return (fault, content.left)
    }
  }

  /// Whether answers are to be held back until it is known what they are about.
  var awaitsAnswer: Bool {
    content.withLock { if case .loseAnswer = $0.fault { true } else { false } }
  }

  /// Called with each answer of the server; the fault, when it is to be lost. The taker calls `finish`.
  func takeAnswer(_ effect: Fault.Effect?) -> (fault: Fault, butEnd: Bool)? {
    content.withLock { content in
      guard let fault = content.fault, case .loseAnswer(effect, let butEnd) = fault else { return nil }
      content.fault = nil
      return (fault, butEnd)
    }
  }

  /// Called with each connection; whether to refuse it.
  func takeConnection() -> Bool {
    let (isRefused, finished) = content.withLock { content -> (Bool, Fault?) in
      guard let fault = content.fault, case .refuse = fault else { return (content.isStopped, nil) }
      content.left -= 1
      if content.left > 0 { return (true, nil) }
      content.fault = nil
      return (true, fault)
    }
    if let finished { finish(finished) }
    return isRefused
  }

  /// A fault has happened.
  func finish(_ fault: Fault) {
    content.withLock { content in
      content.injected[fault.name, default: 0] += 1
      content.isUnderWay = false
    }
  }

  var isArmed: Bool { content.withLock { $0.isUnderWay } }
  var injected: [String: Int] { content.withLock { $0.injected } }

  // MARK: Messages

  func count(_ messages: [MessageScanner.Message]) {
    content.withLock { content in
      for message in messages {
        guard let kind = message.kind, let kind = ClientMessage(rawValue: Character(Unicode.Scalar(kind))) else {
          continue
        }
        content.messages[kind, default: 0] += 1
      }
    }
  }

  func count(of message: ClientMessage) -> Int {
    content.withLock { $0.messages[message] ?? 0 }
  }

  // MARK: Connections

  func add(_ link: ProxyLink) {
    let isStopped = content.withLock { content in
      content.links[ObjectIdentifier(link)] = link
      return content.isStopped
    }
    if isStopped { link.cut(abruptly: false) }
  }

  func remove(_ link: ProxyLink) {
    content.withLock { $0.links[ObjectIdentifier(link)] = nil }
  }

  func stop() {
    let links = content.withLock { content in
      content.isStopped = true
      return Array(content.links.values)
    }
    for link in links { link.cut(abruptly: false) }
  }
}
