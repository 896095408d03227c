@testable import AIClient

extension ChatModel {
  /// The events of an answer, and why it ended if it failed.
  func told(_ prompt: ChatPrompt) async -> (events: [ModelEvent], error: AIError?) {
    var told: [ModelEvent] = []
    do throws(AIError) {
      var iterator = events(for: prompt).makeAsyncIterator()
      while let event = try await iterator.next(isolation: nil) { told.append(event) }
      return (told, nil)
    } catch {
      return (told, error)
    }
  }
}
