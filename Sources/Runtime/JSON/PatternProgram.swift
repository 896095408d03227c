/// A pattern as instructions for Pike's machine: all threads step through the text together.
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
  }

  private var instructions: [Instruction] = []
  private var sets: [ScalarSet] = []
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
    var machine = Machine(size: instructions.count)
    var previous: Unicode.Scalar?
    var iterator = text.makeIterator()
    var next = iterator.next()
    while true {
      if follow(from: 0, previous: previous, next: next, &machine) { return true }
      guard let scalar = next else { return false }
      previous = scalar
      next = iterator.next()
      let waiting = machine.advance()
      for thread in waiting {
        guard case .set(let index) = instructions[thread], sets[index].contains(scalar.value) else { continue }
        if follow(from: thread + 1, previous: previous, next: next, &machine) { return true }
      }
    }
  }

  /// The threads that wait for a character.
  private struct Machine {
    var threads: [Int] = []
    /// The step at which a place was visited last.
    var visited: [Int]
    var step = 1
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
  private func follow(
    from place: Int, previous: Unicode.Scalar?, next: Unicode.Scalar?, _ machine: inout Machine
  ) -> Bool {
    machine.pending.append(place)
    while let place = machine.pending.popLast() {
      if machine.visited[place] == machine.step { continue }
      machine.visited[place] = machine.step
      switch instructions[place] {
      case .set: machine.threads.append(place)
      case .assertion(let assertion):
        if holds(assertion, previous: previous, next: next) { machine.pending.append(place + 1) }
      case .split(let first, let second):
        machine.pending.append(second)
        machine.pending.append(first)
      case .jump(let target): machine.pending.append(target)
      case .match: return true
      }
    }
    return false
  }

  private func holds(_ assertion: Assertion, previous: Unicode.Scalar?, next: Unicode.Scalar?) -> Bool {
    switch assertion {
    case .start: return previous == nil
    case .end: return next == nil
    case .wordBoundary(let isOne):
      let before = previous.map { ScalarSet.word.contains($0.value) } ?? false
      let after = next.map { ScalarSet.word.contains($0.value) } ?? false
      return (before != after) == isOne
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
