import Glibc

/// A token as it goes over the wire: `@` and nineteen digits of nanoseconds, `#` and six of its number, `;`.
struct LoadToken {
  private(set) var bytes: [UInt8]
  private let time: Int
  private let number: Int

  init() {
    let text = " @\(String(repeating: "0", count: 19))#000000;"
    let chunk = Self.chunk(
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"},\"finish_reason\":null}]}\n\n")
    bytes = Array(chunk.utf8)
    time = (bytes.firstIndex(of: UInt8(ascii: "@")) ?? 0) + 1
    number = (bytes.firstIndex(of: UInt8(ascii: "#")) ?? 0) + 1
  }

  static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  mutating func stamp(number value: Int) {
    write(UInt64(value), digits: 6, at: number)
    write(Self.now, digits: 19, at: time)
  }

  private mutating func write(_ value: UInt64, digits: Int, at start: Int) {
    var value = value
    for index in (start..<start + digits).reversed() {
      bytes[index] = UInt8(ascii: "0") + UInt8(value % 10)
      value /= 10
    }
  }

  static func chunk(_ text: String) -> String {
    "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
  }

  static func end(count: Int) -> String {
    let usage = "{\"prompt_tokens\":1,\"completion_tokens\":\(count),\"total_tokens\":\(count + 1)}"
    return chunk("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n")
      + chunk("data: {\"choices\":[],\"usage\":\(usage)}\n\n") + chunk("data: [DONE]\n\n") + "0\r\n\r\n"
  }
}
