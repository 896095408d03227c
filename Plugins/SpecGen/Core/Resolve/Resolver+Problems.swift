extension Resolver {
  mutating func check(
    _ codes: [Located<String>], _ status: ResponseStatus, _ seen: inout [String: Place]
  ) {
    for code in codes {
      if !status.isFailure {
        diagnostics.error(
          .unknownProblem, at: code.place, "\"x-codes\" are for problems; move them to a response from 400 to 599")
        return
      }
      let known = document.problems.map(\.code.value)
      guard let problem = document.problems.first(where: { $0.code.value == code.value }) else {
        if isWritten("#/x-problems/\(code.value.asPointerToken)") { continue }
        diagnostics.error(
          .unknownProblem, at: code.place,
          "there is no \"\(code.value)\" in \"x-problems\""
            + Suggestion.text(for: code.value, among: known, else: "; add it there with its status, title and detail"))
        continue
      }
      if let first = seen[code.value] {
        diagnostics.error(
          .unknownProblem, at: code.place, "this operation already answers \"\(code.value)\"; remove one of the two",
          notes: [.init(place: first, message: "first written here")])
        continue
      }
      seen[code.value] = code.place
      if !status.includes(problem.status.value) {
        diagnostics.error(
          .problemStatus, at: code.place,
          "\"\(code.value)\" has the status \(problem.status.value), but this is the response \(status.text); move it there",
          notes: [.init(place: problem.status.place, message: "its status is declared here")])
      }
    }
  }

  mutating func checkProblems() {
    var names = NameScope("the problems", reserved: ["allCases"])
    for problem in document.problems {
      let isKebab = problem.code.value.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { word in
        !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
      }
      if isKebab {
        _ = names.lowerCamel(problem.code, &diagnostics)
      } else {
        diagnostics.error(
          .invalidName, at: problem.code.place,
          "a problem's code is lower case words with hyphens between, as in \"username-taken\"; rename \"\(problem.code.value)\""
        )
      }
    }
  }
}
