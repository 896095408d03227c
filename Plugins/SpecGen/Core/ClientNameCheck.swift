/// Whether the names that client.js derives are apart from one another.
///
/// A method for each media type of an answer is named after the operation and the media type, which may be the name of
/// another operation; and a parameter may get the name of a member of `input` that is another one's.
struct ClientNameCheck {
  private let api: API
  /// Where each operation has its name.
  private let places: [Place]

  private init(_ api: API, _ places: [Place]) {
    self.api = api
    self.places = places
  }

  /// - Parameter operations: those of `api`, in the same order.
  static func check(_ api: API, _ operations: [ResolvedOperation], _ diagnostics: inout [Diagnostic]) {
    let places = operations.map { $0.source.swiftName?.place ?? $0.source.id?.place ?? $0.source.place }
    let check = ClientNameCheck(api, places)
    check.methods(&diagnostics)
    for (operation, resolved) in zip(api.operations, operations) where ClientNames.calls(operation) {
      check.members(of: operation, resolved, &diagnostics)
    }
  }

  private func methods(_ diagnostics: inout [Diagnostic]) {
    var taken: [String: Int] = [:]
    let called = api.operations.enumerated().filter { ClientNames.calls($0.element) }
    for (index, operation) in called {
      taken[operation.id] = index
      if operation.id == "constructor" {
        diagnostics.error(
          .nameClash, at: places[index],
          "the method of client.js would be called \"constructor\", which is what makes the client; give it an \"x-swift-name\""
        )
      }
    }
    for (index, operation) in called {
      for answer in ClientNames.answers(of: operation).dropFirst() {
        guard let first = taken.updateValue(index, forKey: answer.method) else { continue }
        let mediaType = answer.content?.mediaType ?? ""
        diagnostics.error(
          .nameClash, at: places[index],
          "the method of client.js that answers \"\(operation.id)\" as \"\(mediaType)\" would be \"\(answer.method)\", as that of \"\(api.operations[first].id)\" is; give one of the two an \"x-swift-name\"",
          notes: [.init(place: places[first], message: "\"\(api.operations[first].id)\" is defined here")])
      }
    }
  }

  private func members(of operation: Operation, _ resolved: ResolvedOperation, _ diagnostics: inout [Diagnostic]) {
    var taken: [String: Int] = [:]
    for (index, parameter) in operation.parameters.enumerated() {
      let key = ClientNames.key(parameter, in: operation)
      guard let first = taken.updateValue(index, forKey: key) else { continue }
      let others = resolved.parameters[first].source
      diagnostics.error(
        .nameClash, at: resolved.parameters[index].source.name.place,
        "the member of client.js' input for \"\(parameter.name)\" would be \"\(key)\", as that of \"\(others.name.value)\" is; give one of the two another \"x-swift-name\"",
        notes: [.init(place: others.name.place, message: "\"\(others.name.value)\" is defined here")])
    }
  }
}
