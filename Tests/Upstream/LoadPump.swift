import NIOCore

/// What is written, and when. `@unchecked Sendable`: after its making it is touched on its one event loop alone.
final class LoadPump: @unchecked Sendable {
  private let tokens: Int
  /// Streams by the millisecond of their period in which they are due; empty for a rate of 0.
  private var slots: [[ObjectIdentifier: LoadHandler]]
  private var start: UInt64 = 0
  private var ticks = 0
  private var template = LoadToken()

  init(rate: Int, tokens: Int) {
    self.tokens = tokens
    slots = rate > 0 ? Array(repeating: [:], count: max(1, 1000 / rate)) : []
  }

  func start(on loop: any EventLoop) {
    start = LoadToken.now
    if !slots.isEmpty {
      loop.scheduleRepeatedTask(initialDelay: .milliseconds(1), delay: .milliseconds(1)) { _ in self.tick() }
    }
  }

  func add(_ handler: LoadHandler, _ context: ChannelHandlerContext) {
    guard !slots.isEmpty else {
      while handler.number < tokens { write(handler) }
      return finish(handler)
    }
    // Its first token is due at once, and so is its slot from then on.
    handler.slot = ticks % slots.count
    slots[handler.slot][ObjectIdentifier(handler)] = handler
    write(handler)
    handler.context?.flush()
  }

  func remove(_ handler: LoadHandler) {
    if !slots.isEmpty { slots[handler.slot][ObjectIdentifier(handler)] = nil }
  }

  /// Serves every slot that is due; more than one when the thread was late.
  private func tick() {
    let due = Int((LoadToken.now - start) / 1_000_000)
    while ticks < due {
      ticks += 1
      for handler in slots[ticks % slots.count].values {
        write(handler)
        if handler.number >= tokens {
          remove(handler)
          finish(handler)
        } else {
          handler.context?.flush()
        }
      }
    }
  }

  private func write(_ handler: LoadHandler) {
    guard let context = handler.context else { return }
    template.stamp(number: handler.number)
    handler.number += 1
    context.write(handler.wrapOutboundOut(context.channel.allocator.buffer(bytes: template.bytes)), promise: nil)
  }

  private func finish(_ handler: LoadHandler) {
    guard let context = handler.context else { return }
    handler.isAnswering = false
    let end = LoadToken.end(count: tokens)
    context.writeAndFlush(handler.wrapOutboundOut(context.channel.allocator.buffer(string: end)), promise: nil)
  }
}
