import Glibc

/// Tells which text the process was at when it crashed, hung or grew.
enum Watch {
  /// The number of the text that is being tried.
  ///
  /// Written by the one thread that tries texts; signal handlers read it on that thread, or where it does not matter
  /// which of two neighbours they see.
  nonisolated(unsafe) static var number: UInt64 = 0
  nonisolated(unsafe) private static var numberBefore = UInt64.max

  /// Seconds after which a text that is still being tried counts as a hang.
  private static let patience: UInt32 = 20

  static func start() {
    for trap in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] {
      signal(trap) { _ in Watch.end("crashed") }
    }
    signal(SIGALRM) { _ in
      if Watch.number == Watch.numberBefore { Watch.end("hangs") }
      Watch.numberBefore = Watch.number
      alarm(Watch.patience)
    }
    alarm(patience)
  }

  /// Says what happened and ends; as a signal handler may: without memory of its own.
  private static func end(_ what: StaticString) -> Never {
    write(2, what.utf8Start, what.utf8CodeUnitCount)
    var digits = InlineArray<21, UInt8>(repeating: UInt8(ascii: "\n"))
    var place = 20
    var rest = number
    repeat {
      place -= 1
      digits[place] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    } while rest > 0
    let label: StaticString = " at text "
    write(2, label.utf8Start, label.utf8CodeUnitCount)
    while place <= 20 {
      var digit = digits[place]
      write(2, &digit, 1)
      place += 1
    }
    _exit(1)
  }

  /// The memory of the process that is resident, in bytes.
  static func memory() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 128)
    guard fgets(&text, 128, file) != nil else { return 0 }
    let fields = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
      separator: " ")
    return (fields.dropFirst().first.flatMap { Int($0) } ?? 0) * sysconf(Int32(_SC_PAGESIZE))
  }
}
