/// A pattern as instructions for Pike's machine: all threads step through the text together.
///
/// What a pattern looks for ahead or behind is a program of its own that tells all places of the text beforehand.
struct PatternProgram: Sendable {
  private enum Instruction: Sendable {
    case set(Int)
    case assertion(Assertion)
    /// Goes on at both places.
    case split(Int, Int)
    case jump(Int)
    case match
  }

  private enum Assertion: Sendable {
    case start, end
    case wordBoundary(Bool)
    case look(Int)
  }

  /// A pattern that is looked for before or behind a place.
  private struct Look: Sendable {
    var program: PatternProgram
    var isAhead: Bool
    var isNegated: Bool

    /// For each place of a text, whether what is looked for is there: found in one pass over the whole text, from its
    /// other end, so that all places together take linear time.
    func truths(in text: [Unicode.Scalar]) -> [Bool] {
      var truths = Array(repeating: isNegated, count: text.count + 1)
      program.run(text, isBackward: isAhead) { place in
        truths[place] = !isNegated
        return false
      }
      return truths
    }
  }

  private var instructions: [Instruction] = []
  private var sets: [ScalarSet] = []
  private var looks: [Look] = []
  /// `^[set]{m,n}$`, the usual kind, needs no threads.
  private var simple: (set: ScalarSet, counts: ClosedRange<Int>)?

  /// The greatest number of instructions.
  static let limit = 50_000

  /// A program that matches no text.
  static let failing = PatternProgram()

  private init() {}

  /// Compiles a pattern; nil when its counts make it too long.
  init?(_ node: PatternNode) {
    if case .sequence(let nodes) = node, nodes.count == 3, nodes[0] == .start, nodes[2] == .end,
      case .repetition(.set(let set), let minimum, let maximum) = nodes[1]
    {
      simple = (set, minimum...(maximum ?? .max))
      return
    }
    guard emit(node), emit(.match) else { return nil }
  }

  func matches(_ text: String.UnicodeScalarView) -> Bool {
    if let simple {
      var count = 0
      for scalar in text {
        guard simple.set.contains(scalar.value) else { return false }
        count += 1
      }
      return simple.counts.contains(count)
    }
    if instructions.isEmpty { return false }
    var isFound = false
    run(Array(text), isBackward: false) { _ in
      isFound = true
      return true
    }
    return isFound
  }

  /// Calls `found` with each place where a match ends, until it returns true. Places are numbered from the text's
  /// beginning, and so are they when the program goes backward, which it is made for then.
  private func run(_ text: [Unicode.Scalar], isBackward: Bool, _ found: (Int) -> Bool) {
    let truths = looks.map { $0.truths(in: text) }
    var machine = Machine(size: instructions.count)
    for step in 0...text.count {
      let place = isBackward ? text.count - step : step
      let surroundings = Surroundings(text, place, truths)
      var isFound = false
      for thread in machine.advance() {
        let scalar = text[isBackward ? place : place - 1]
        guard case .set(let index) = instructions[thread], sets[index].contains(scalar.value) else { continue }
        if follow(from: thread + 1, surroundings, &machine) { isFound = true }
      }
      if follow(from: 0, surroundings, &machine) { isFound = true }
      if isFound, found(place) { return }
    }
  }

  /// What an assertion looks at.
  private struct Surroundings {
    var place: Int
    var previous: Unicode.Scalar?
    var next: Unicode.Scalar?
    var truths: [[Bool]]

    init(_ text: [Unicode.Scalar], _ place: Int, _ truths: [[Bool]]) {
      self.place = place
      self.truths = truths
      previous = place > 0 ? text[place - 1] : nil
      next = place < text.count ? text[place] : nil
    }
  }

  /// The threads that wait for a character.
  private struct Machine {
    var threads: [Int] = []
    /// The step at which an instruction was visited last.
    var visited: [Int]
    var step = 0
    var pending: [Int] = []

    init(size: Int) {
      visited = Array(repeating: 0, count: size)
    }

    mutating func advance() -> [Int] {
      step += 1
      defer { threads = [] }
      return threads
    }
  }

  /// Follows a thread to all places where it waits for a character; true when it comes to the end of the program.
  private func follow(from start: Int, _ surroundings: Surroundings, _ machine: inout Machine) -> Bool {
    var isFound = false
    machine.pending.append(start)
    while let place = machine.pending.popLast() {
      if machine.visited[place] == machine.step { continue }
      machine.visited[place] = machine.step
      switch instructions[place] {
      case .set: machine.threads.append(place)
      case .assertion(let assertion): if holds(assertion, surroundings) { machine.pending.append(place + 1) }
      case .split(let first, let second):
        machine.pending.append(second)
        machine.pending.append(first)
      case .jump(let target): machine.pending.append(target)
      case .match: isFound = true
      }
    }
    return isFound
  }

  private func holds(_ assertion: Assertion, _ surroundings: Surroundings) -> Bool {
    switch assertion {
    case .start: return surroundings.previous == nil
    case .end: return surroundings.next == nil
    case .wordBoundary(let isOne):
      let before = surroundings.previous.map { ScalarSet.word.contains($0.value) } ?? false
      let after = surroundings.next.map { ScalarSet.word.contains($0.value) } ?? false
      return (before != after) == isOne
    case .look(let index): return surroundings.truths[index][surroundings.place]
    }
  }
}

extension PatternProgram {
  private mutating func emit(_ instruction: Instruction) -> Bool {
    guard instructions.count < PatternProgram.limit else { return false }
    instructions.append(instruction)
    return true
  }

  private mutating func emit(_ node: PatternNode) -> Bool {
    switch node {
    case .set(let set):
      let index = sets.firstIndex(of: set) ?? sets.count
      if index == sets.count { sets.append(set) }
      return emit(.set(index))
    case .start: return emit(.assertion(.start))
    case .end: return emit(.assertion(.end))
    case .wordBoundary(let isOne): return emit(.assertion(.wordBoundary(isOne)))
    case .look(let node, let isAhead, let isNegated):
      var program = PatternProgram()
      guard program.emit(isAhead ? node.reversed : node), program.emit(.match) else { return false }
      looks.append(Look(program: program, isAhead: isAhead, isNegated: isNegated))
      return emit(.assertion(.look(looks.count - 1)))
    case .sequence(let nodes):
      for node in nodes where !emit(node) { return false }
      return true
    case .alternatives(let branches): return emitAlternatives(branches[...])
    case .repetition(let node, let minimum, let maximum):
      for _ in 0..<minimum where !emit(node) { return false }
      guard let maximum else { return emitLoop(node) }
      for _ in minimum..<maximum where !emitOptional(node) { return false }
      return true
    }
  }

  private mutating func emitAlternatives(_ branches: ArraySlice<PatternNode>) -> Bool {
    guard let first = branches.first else { return true }
    if branches.count == 1 { return emit(first) }
    let split = instructions.count
    guard emit(.jump(0)), emit(first) else { return false }
    let jump = instructions.count
    guard emit(.jump(0)) else { return false }
    instructions[split] = .split(split + 1, instructions.count)
    guard emitAlternatives(branches.dropFirst()) else { return false }
    instructions[jump] = .jump(instructions.count)
    return true
  }

  private mutating func emitLoop(_ node: PatternNode) -> Bool {
    let split = instructions.count
    guard emit(.jump(0)), emit(node), emit(.jump(split)) else { return false }
    instructions[split] = .split(split + 1, instructions.count)
    return true
  }

  private mutating func emitOptional(_ node: PatternNode) -> Bool {
    let split = instructions.count
    guard emit(.jump(0)), emit(node) else { return false }
    instructions[split] = .split(split + 1, instructions.count)
    return true
  }
}
