import Foundation
import JSON
import TestSupport

/// A user who talks, loses connections, comes back, stops, and asks again.
struct Visitor {
  let site: Site
  let ledger: TurnLedger
  let number: Int
  let token: String

  private var counts: Counts { site.counts }

  /// Signs up and logs in.
  static func arrive(_ number: Int, at site: Site, _ ledger: TurnLedger) async throws -> Visitor {
    let name: JSONValue = .string("visitor\(number)")
    let password: JSONValue = "correct horse battery staple"
    let client = try await site.server().client
    _ = try await client.post("/auth/signup", ["username": name, "password": password])
    let reply = try await client.post("/auth/login", ["username": name, "password": password])
    guard let token = try reply.json["access_token"]?.string else { throw Trouble("No session: \(reply.text)") }
    return Visitor(site: site, ledger: ledger, number: number, token: token)
  }

  /// One conversation of a few turns.
  func talk(until isOver: () -> Bool) async {
    var conversation: String?
    var asked: (tag: String, user: String, answer: String)?
    for _ in 0..<Int.random(in: 1...4) where !isOver() {
      switch Int.random(in: 0..<10) {
      case 0...1 where asked != nil:
        guard let last = asked else { break }
        counts.add("regenerations")
        ledger.update(last.tag) { $0.regenerations += 1 }
        let turn = TurnRequest(
          tag: last.tag, method: "POST", path: "/chat/messages/\(last.answer)/regenerate", body: .none)
        let follower = await ask(turn)
        if let answer = follower.answer { asked?.answer = answer }
      case 2 where asked != nil:
        guard let last = asked else { break }
        counts.add("edits")
        let entry = ledger.begin(user: number) { Wording.random($0) }
        let body = JSONObject([("content", .string(entry.content))])
        let follower = await ask(
          TurnRequest(
            tag: entry.tag, method: "PATCH", path: "/chat/messages/\(last.user)", body: .json(.object(body))))
        if let user = follower.userMessage, let answer = follower.answer { asked = (entry.tag, user, answer) }
      default:
        counts.add("sends")
        let entry = ledger.begin(user: number) { Wording.random($0) }
        var body = JSONObject([("content", .string(entry.content))])
        if let conversation { body["conversation_id"] = .string(conversation) }
        let follower = await ask(
          TurnRequest(tag: entry.tag, method: "POST", path: "/chat/send", body: .json(.object(body))))
        conversation = follower.conversation ?? conversation
        if let user = follower.userMessage, let answer = follower.answer { asked = (entry.tag, user, answer) }
      }
    }
  }

  // MARK: One turn

  /// Asks until an answer ended or was refused; what goes wrong in between is tried again with the same key.
  func ask(_ turn: TurnRequest) async -> Follower {
    var follower = Follower()
    let deadline = ContinuousClock.now + .seconds(60)
    let stops = Int.random(in: 0..<8) == 0
    var tries = 0
    while ContinuousClock.now < deadline {
      tries += 1
      if tries > 1 { counts.add("retries") }
      do {
        let server = try await site.server()
        if Int.random(in: 0..<12) == 0 { leaveAtOnce(turn, server) }
        let isSettled =
          Bool.random()
          ? try await askWhole(turn, server, &follower)
          : try await listen(turn, server, &follower, stops: stops)
        if isSettled { return follower }
      } catch let wrong as Follower.Wrong {
        ledger.violate("\(turn.tag): \(wrong)")
        return follower
      } catch {
        // The connection was lost: nobody knows what became of the request.
        counts.add("connections lost")
      }
      try? await Task.sleep(for: .milliseconds(Int.random(in: 5..<100)))
    }
    ledger.violate("\(turn.tag): not settled within a minute, last with \(follower)")
    return follower
  }

  /// Sends the request a second time at the same moment, and does not wait for an answer.
  private func leaveAtOnce(_ turn: TurnRequest, _ server: ParleyProcess) {
    counts.add("doubles that left at once")
    Task {
      let connection = try? await client(server).begin(
        turn.method, turn.path, headers: turn.headers, body: turn.body)
      try? await Task.sleep(for: .milliseconds(Int.random(in: 0..<30)))
      connection?.close()
    }
  }

  private func client(_ server: ParleyProcess) -> HTTPClient {
    HTTPClient(port: server.port, token: token)
  }

  /// Asks for JSON; true when there is nothing more to ask for.
  private func askWhole(_ turn: TurnRequest, _ server: ParleyProcess, _ follower: inout Follower) async throws -> Bool {
    counts.add("asked for JSON")
    let reply = try await client(server).send(turn.method, turn.path, headers: turn.headers, body: turn.body)
    let json = try? reply.json
    guard reply.status == 200 else { return refused(reply, turn) }
    guard let json, let message = json["message"], let answer = message["id"]?.string else {
      throw Follower.Wrong(description: "200 without a message: \(reply.text)")
    }
    ledger.acknowledge(turn.tag, answer: answer)
    ledger.end(
      turn.tag, answer, .init(status: message["status"]?.string ?? "", content: message["content"]?.string ?? ""))
    follower = Follower(told: json)
    return true
  }

  /// Whether an answer other than 200 settles the turn.
  private func refused(_ reply: HTTPReply, _ turn: TurnRequest) -> Bool {
    let json = try? reply.json
    let code = json?["code"]?.string ?? ""
    switch (reply.status, code) {
    case (502, _), (504, _):
      if let answer = json?["message_id"]?.string {
        ledger.acknowledge(turn.tag, answer: answer)
        ledger.end(turn.tag, answer, .init(status: "failed", content: ""))
      }
      counts.add("answers failed")
      return true
    case (409, "turn-in-progress"):
      counts.add("refused: a turn is in progress")
      return true
    case (500, _), (503, _):
      // The database is away, or the server ends.
      counts.add("answers \(reply.status)")
      return false
    default:
      ledger.violate(
        "\(turn.tag): \(turn.method) \(turn.path) \(turn.body) was answered with \(reply.status) \(reply.text.prefix(300))"
      )
      return true
    }
  }

  /// Asks for events, leaves now and then, and comes back; true when the turn ended.
  private func listen(
    _ turn: TurnRequest, _ server: ParleyProcess, _ follower: inout Follower, stops: Bool
  ) async throws -> Bool {
    let seen = follower
    follower.forget()
    counts.add("asked for events")
    let stream = try await client(server).events(turn.method, turn.path, headers: turn.headers, body: turn.body)
    let head = try await stream.head()
    guard head.status == 200 else {
      follower = seen
      return refused(head, turn)
    }
    do {
      try await read(stream, turn, &follower)
    } catch let wrong as Follower.Wrong {
      throw wrong
    } catch {
      counts.add("streams broken off")
    }
    if stops, !follower.isEnded, let answer = follower.answer { await stop(answer, turn) }
    while !follower.isEnded {
      guard let answer = follower.answer else { return false }
      if try await !resume(answer, turn, &follower) { return false }
    }
    return true
  }

  /// Reads until the end, or leaves before it.
  private func read(_ stream: EventConnection, _ turn: TurnRequest, _ follower: inout Follower) async throws {
    let patience = Bool.random() ? Int.max : Int.random(in: 0..<20)
    let leaver = Task {
      // Some leave while nothing comes.
      try await Task.sleep(for: .milliseconds(Int.random(in: 50..<4000)))
      stream.hangUp()
    }
    defer {
      leaver.cancel()
      stream.close()
    }
    for _ in 0..<patience {
      guard let event = try await stream.next() else {
        guard follower.isEnded else { throw Follower.Wrong(description: "the stream ended without an end") }
        return
      }
      try follower.take(event)
      if event.name == "message", let answer = follower.answer {
        ledger.acknowledge(turn.tag, answer: answer)
      }
      if let answer = follower.answer, let ending = follower.ending { ledger.end(turn.tag, answer, ending) }
      if follower.isCutBack { counts.add("told more than was saved") }
    }
    counts.add("disconnects")
  }

  /// Comes back to an answer where it was left, at any server; false when the turn must be asked for again.
  private func resume(_ answer: String, _ turn: TurnRequest, _ follower: inout Follower) async throws -> Bool {
    try await Task.sleep(for: .milliseconds(Int.random(in: 0..<100)))
    let server = try await site.server()
    counts.add("resumes")
    let stream: EventConnection
    do {
      stream = try await client(server).events(
        "GET", "/chat/messages/\(answer)/events",
        headers: follower.lastID.map { ["Last-Event-ID": "\($0)"] } ?? [:])
      let head = try await stream.head()
      switch head.status {
      case 200: break
      case 500, 503: return true
      default: throw Follower.Wrong(description: "a resume was answered with \(head.status) \(head.text)")
      }
    } catch let wrong as Follower.Wrong {
      throw wrong
    } catch {
      return true
    }
    do {
      try await read(stream, turn, &follower)
    } catch let wrong as Follower.Wrong {
      throw wrong
    } catch {
      counts.add("streams broken off")
    }
    return true
  }

  private func stop(_ answer: String, _ turn: TurnRequest) async {
    guard let server = try? await site.server(),
      let reply = try? await client(server).send("POST", "/chat/messages/\(answer)/stop")
    else { return }
    counts.add("stops")
    switch reply.status {
    case 200:
      guard let message = try? reply.json["message"], message["status"]?.string != "streaming" else {
        return ledger.violate("\(turn.tag): a stop was answered with \(reply.text.prefix(300))")
      }
      ledger.end(
        turn.tag, answer, .init(status: message["status"]?.string ?? "", content: message["content"]?.string ?? ""))
    case 500, 503: break
    default: ledger.violate("\(turn.tag): a stop was answered with \(reply.status) \(reply.text.prefix(300))")
    }
  }
}

/// A request for a turn, which can be sent any number of times.
struct TurnRequest: Sendable {
  let tag: String
  let method: String
  let path: String
  let body: HTTPClient.Body
  let headers = ["Idempotency-Key": UUID().uuidString]
}
