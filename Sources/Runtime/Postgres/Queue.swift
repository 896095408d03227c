/// First in, first out, in constant time.
struct Queue<Element> {
  private var elements: [Element?] = []
  private var head = 0

  var count: Int { elements.count - head }
  var isEmpty: Bool { head == elements.count }
  var first: Element? { isEmpty ? nil : elements[head] }

  mutating func append(_ element: Element) {
    elements.append(element)
  }

  mutating func prepend(_ element: Element) {
    if head > 0 {
      head -= 1
      elements[head] = element
    } else {
      elements.insert(element, at: 0)
    }
  }

  @discardableResult
  mutating func popFirst() -> Element? {
    guard !isEmpty else { return nil }
    let element = elements[head]
    elements[head] = nil
    head += 1
    if head == elements.count {
      elements.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 256 && head > elements.count / 2 {
      elements.removeFirst(head)
      head = 0
    }
    return element
  }

  func first(where condition: (Element) -> Bool) -> Element? {
    for case let element? in elements[head...] where condition(element) { return element }
    return nil
  }

  func contains(where condition: (Element) -> Bool) -> Bool { first(where: condition) != nil }

  mutating func update(_ body: (inout Element) -> Void) {
    for index in elements.indices[head...] {
      guard var element = elements[index] else { continue }
      body(&element)
      elements[index] = element
    }
  }

  /// In order.
  var all: [Element] { elements[head...].compactMap { $0 } }

  mutating func removeAll() -> [Element] {
    let all = all
    elements = []
    head = 0
    return all
  }
}
