/// One way to ask a kind of model server, and to read what it answers.
///
/// Servers of a kind differ in what they take. A dialect knows the ways of its kind: a server that refuses one is asked
/// in the next, and the way that it took is remembered.
protocol Dialect: Sendable {
  /// Where a prompt is sent to, given the path of the endpoint.
  func path(for prompt: ChatPrompt, at path: String) -> String

  /// What carries the key, and what else the server wants.
  func headers(key: String?) -> [(name: String, value: String)]

  /// The request body: JSON.
  func body(for prompt: ChatPrompt, model: String) -> [UInt8]

  /// Reads one successful response.
  func reader(for prompt: ChatPrompt) -> AnswerReader

  /// Another way to ask, where a refusal shows that the server does not take this one.
  ///
  /// - Parameter refusal: the beginning of the body.
  func alternative(for prompt: ChatPrompt, status: Int, refusal: String) -> (any Dialect)?

  /// Whether a server that takes this way is asked so from now on; a guess holds for one answer.
  var isLasting: Bool { get }

  /// Bytes that the body of an answer may have.
  func bodyLimit(for prompt: ChatPrompt) -> Int
}

extension Dialect {
  func path(for prompt: ChatPrompt, at path: String) -> String { path }

  func headers(key: String?) -> [(name: String, value: String)] {
    key.map { [("Authorization", "Bearer \($0)")] } ?? []
  }

  func alternative(for prompt: ChatPrompt, status: Int, refusal: String) -> (any Dialect)? { nil }

  var isLasting: Bool { true }

  /// A model's answer is text; more than this is not one.
  func bodyLimit(for prompt: ChatPrompt) -> Int { prompt.isStreamed ? 64 << 20 : 16 << 20 }
}
