import AIClient
import Generated
import HTTP
import JSON
import Storage
import Testing
import Values

import struct FoundationEssentials.UUID
import enum TestSupport.Engine

@testable import Handlers

@Suite("Branches", .timeLimit(.minutes(2)))
struct BranchTests {
  @Test(
    "History and context follow the chosen branch, and nothing is overwritten", arguments: TurnBench.Engine.allCases)
  func branches(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let turns = bench.instance()
      let chat = bench.handlers(turns)
      let (first, firstAnswer) = try await bench.answered(bench.draft("one"), by: turns, "uno")
      let id = first.conversationID
      let (second, secondAnswer) = try await bench.answered(bench.draft("two", in: id), by: turns, "due")
      let straight = [first, firstAnswer.answer, second, secondAnswer.answer]
      #expect(try await bench.history(of: id, turns) == straight)
      #expect(second.parentID == firstAnswer.answer.id)

      // Another answer to the first message.
      async let regenerated = chat.regenerateMessage(
        RegenerateMessage.Input(messageID: firstAnswer.answer.id, idempotencyKey: "again"), as: bench.principal)
      let call = await bench.model.call()
      #expect(call.prompt.messages.map(\.content) == ["one"])
      // Nothing follows an answer that is being written.
      guard case .inProgress = try await turns.take(bench.draft("early", in: id)) else {
        throw TurnBench.Unexpected(outcome: "a message behind an open answer")
      }
      call.say("eins")
      call.finish()
      guard case .ok(let other) = try await regenerated else { throw TurnBench.Unexpected(outcome: "regenerate") }
      #expect(other.userMessage == first && other.message.parentID == first.id && other.message.content == "eins")
      #expect(try await bench.history(of: id, turns) == [first, other.message])
      // A retry answers with the same.
      guard
        case .ok(let same) = try await chat.regenerateMessage(
          RegenerateMessage.Input(messageID: firstAnswer.answer.id, idempotencyKey: "again"), as: bench.principal)
      else { throw TurnBench.Unexpected(outcome: "retry") }
      #expect(same == other)

      // It goes on from there.
      let (third, thirdAnswer) = try await bench.answered(bench.draft("three", in: id), by: turns, "drei")
      #expect(third.parentID == other.message.id)
      #expect(try await bench.history(of: id, turns) == [first, other.message, third, thirdAnswer.answer])

      // Another wording of the second message, whose branch is left by now.
      async let edited = chat.editMessage(
        EditMessage.Input(messageID: second.id, body: EditMessageRequest(content: "zwei")), as: bench.principal)
      let editCall = await bench.model.call()
      #expect(editCall.prompt.messages.map(\.content) == ["one", "uno", "zwei"])
      editCall.say("due!")
      editCall.finish()
      guard case .ok(let edit) = try await edited else { throw TurnBench.Unexpected(outcome: "edit") }
      #expect(edit.userMessage.parentID == firstAnswer.answer.id)
      let editedBranch = [first, firstAnswer.answer, edit.userMessage, edit.message]
      #expect(try await bench.history(of: id, turns) == editedBranch)
      for limit in 1...5 { #expect(try await bench.history(of: id, turns, limit: limit) == editedBranch) }

      // Every version is there, and can be chosen.
      guard
        case .ok(let versions) = try await chat.listVersions(
          ListVersions.Input(messageID: other.message.id), as: bench.principal)
      else { throw TurnBench.Unexpected(outcome: "versions") }
      #expect(versions.items == [firstAnswer.answer, other.message])
      for (choice, branch) in [
        (second.id, straight), (other.message.id, [first, other.message, third, thirdAnswer.answer]),
        // The newest end of what begins with it.
        (first.id, [first, other.message, third, thirdAnswer.answer]), (edit.userMessage.id, editedBranch),
      ] {
        let output = try await chat.updateConversation(
          UpdateConversation.Input(conversationID: id, body: ConversationChange(currentMessageID: choice)),
          as: bench.principal)
        guard case .ok(let conversation) = output else { throw TurnBench.Unexpected(outcome: "\(output)") }
        #expect(conversation.currentMessageID == branch.last?.id)
        #expect(try await bench.history(of: id, turns) == branch)
      }
    }
  }

  @Test("A retry finds its answer among any number of later ones", arguments: TurnBench.Engine.allCases)
  func manyVersions(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let turns = bench.instance()
      let (_, first) = try await bench.answered(bench.draft("one", key: "one"), by: turns, "uno")
      for _ in 0..<210 {
        var later = first.answer
        (later.id, later.createdAt) = (.v7(), bench.clock.now)
        try await bench.database.run(MessagesTable.insert(MessagesRow(later, userID: bench.principal.userID)))
      }
      let (_, again) = try bench.turn(try await turns.take(bench.draft("one", key: "one")))
      #expect(again.answer == first.answer)
    }
  }

  @Test("A branch that is not there is not chosen, and nothing else is changed", arguments: TurnBench.Engine.allCases)
  func unknownBranch(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let turns = bench.instance()
      let chat = bench.handlers(turns)
      let (_, mine) = try await bench.answered(bench.draft("one"), by: turns)
      let (_, elsewhere) = try await bench.answered(bench.draft("two"), by: turns)
      let id = mine.answer.conversationID
      let find = ConversationsTable.find(userID: bench.principal.userID, id: id)
      let before = try await bench.database.run(find)?.conversation
      for messageID in [UUID.v7(), elsewhere.answer.id] {
        let change = ConversationChange(title: "Other", pinned: true, currentMessageID: messageID)
        let problem = await #expect(throws: Problem.self) {
          _ = try await chat.updateConversation(
            UpdateConversation.Input(conversationID: id, body: change), as: bench.principal)
        }
        #expect(problem?.faults.map(\.pointer) == ["/current_message_id"])
        #expect(try await bench.database.run(find)?.conversation == before)
        let output = try await chat.updateConversation(
          UpdateConversation.Input(conversationID: .v7(), body: change), as: bench.principal)
        guard case .problem(.conversationNotFound, _, _) = output else {
          throw TurnBench.Unexpected(outcome: "\(output)")
        }
      }
      let change = ConversationChange(title: "Other", currentMessageID: mine.answer.id)
      let output = try await chat.updateConversation(
        UpdateConversation.Input(conversationID: id, body: change), as: bench.principal)
      guard case .ok(let conversation) = output else { throw TurnBench.Unexpected(outcome: "\(output)") }
      #expect(conversation.title == "Other" && conversation.currentMessageID == mine.answer.id)
    }
  }

  @Test(
    "A conversation of another program, whose messages follow nothing, is linked",
    arguments: TurnBench.Engine.allCases)
  func unlinked(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let turns = bench.instance()
      let (first, _) = try await bench.answered(bench.draft("one"), by: turns, "uno")
      let id = first.conversationID
      let (second, _) = try await bench.answered(bench.draft("two", in: id), by: turns, "due")
      for message in try await bench.history(of: id, turns) {
        _ = try await bench.database.run(
          MessagesTable.update(userID: bench.principal.userID, id: message.id, MessagesChanges(parentID: .null)))
      }
      async let edited = bench.handlers(turns).editMessage(
        EditMessage.Input(messageID: second.id, body: EditMessageRequest(content: "zwei")), as: bench.principal)
      let call = await bench.model.call()
      #expect(call.prompt.messages.map(\.content) == ["one", "uno", "zwei"])
      call.finish()
      _ = try await edited
      #expect(try await bench.history(of: id, turns).map(\.content) == ["one", "uno", "zwei", ""])
    }
  }

  @Test("An answer cannot be edited, and what is not there is not found")
  func refused() async throws {
    try await TurnBench.with(.sqlite) { bench in
      let turns = bench.instance()
      let chat = bench.handlers(turns)
      let (_, settled) = try await bench.answered(bench.draft("one"), by: turns)
      let edit = EditMessageRequest(content: "x")
      guard
        case .problem(.notAUserMessage, _, _) = try await chat.editMessage(
          EditMessage.Input(messageID: settled.answer.id, body: edit), as: bench.principal),
        case .problem(.messageNotFound, _, _) = try await chat.editMessage(
          EditMessage.Input(messageID: .v7(), body: edit), as: bench.principal),
        case .problem(.messageNotFound, _, _) = try await chat.stopMessage(
          StopMessage.Input(messageID: settled.answer.parentID ?? .v7()), as: bench.principal),
        case .ok(let stopped) = try await chat.stopMessage(
          StopMessage.Input(messageID: settled.answer.id), as: bench.principal)
      else {
        Issue.record("not refused")
        return
      }
      #expect(stopped.message == settled.answer && stopped.usage == settled.usage)
    }
  }
}
