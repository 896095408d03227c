/// Timers in order of their deadline: a binary heap. Equal deadlines fire in the order they were set.
struct TimerHeap {
  private struct Entry {
    var deadline: UInt64
    var order: UInt64
    var timer: Timer

    static func < (a: Entry, b: Entry) -> Bool { (a.deadline, a.order) < (b.deadline, b.order) }
  }

  private var entries: [Entry] = []
  private var order: UInt64 = 0

  var count: Int { entries.count }

  /// The deadline of the timer that fires next, in nanoseconds of the monotonic clock.
  var nextDeadline: UInt64? { entries.first?.deadline }

  mutating func insert(_ timer: Timer, at deadline: UInt64) {
    order += 1
    entries.append(Entry(deadline: deadline, order: order, timer: timer))
    siftUp(from: entries.count - 1)
  }

  /// The first timer whose deadline is not after `now`, taken out of the heap.
  mutating func popDue(at now: UInt64) -> Timer? {
    guard let first = entries.first, first.deadline <= now else { return nil }
    let last = entries.removeLast()
    if !entries.isEmpty {
      entries[0] = last
      siftDown(from: 0)
    }
    return first.timer
  }

  /// Drops cancelled timers, so that many short-lived ones with far deadlines cost no memory.
  mutating func removeCancelled() {
    entries.removeAll { $0.timer.isCancelled }
    entries.sort(by: <)
  }

  private mutating func siftUp(from start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard entries[child] < entries[parent] else { return }
      entries.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown(from start: Int) {
    var parent = start
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count && entries[child] < entries[least] {
        least = child
      }
      if least == parent { return }
      entries.swapAt(parent, least)
      parent = least
    }
  }
}
