/// The handler's method of an operation, for whoever has just added the operation.
enum HandlerStub {
  static func text(of operation: Operation) -> String {
    let principal = operation.principalType.map { ", as principal: \($0)" } ?? ""
    let name = SwiftSyntax.identifier(operation.id)
    let type = operation.typeName
    var answers = operation.responses.map { response in
      ".\(response.caseName)" + (response.content == nil && response.headers.isEmpty ? "" : "(…)")
    }
    answers += operation.problemCodes.map { ".problem(.\(SwiftSyntax.member(SwiftName.lowerCamel($0) ?? $0)))" }
    return """
        public func \(name)(_ input: \(type).Input\(principal)) async throws -> \(type).Output {
          // Answer with \(list(answers)).
          throw Problem.internalError
        }

      """
  }

  private static func list(_ answers: [String]) -> String {
    guard let last = answers.last, answers.count > 1 else { return answers.first ?? "nothing" }
    return answers.dropLast().joined(separator: ", ") + " or " + last
  }
}
