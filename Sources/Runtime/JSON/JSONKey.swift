/// The name of a member that is being read; compares with string literals in a `switch`.
public struct JSONKey: Sendable {
  /// Names of up to 32 bytes, which are nearly all, need no memory of their own.
  private var short = InlineArray<32, UInt8>(repeating: 0)
  private var long: [UInt8]?
  private let count: Int

  init(_ name: UnsafeBufferPointer<UInt8>) {
    count = name.count
    if count > 32 {
      long = Array(name)
    } else {
      withUnsafeMutableBytes(of: &short) { $0.copyBytes(from: name) }
    }
  }

  /// The name.
  public var text: String {
    withBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// Lets a string literal be a pattern.
  public static func ~= (literal: StaticString, key: JSONKey) -> Bool {
    guard literal.utf8CodeUnitCount == key.count else { return false }
    return literal.withUTF8Buffer { literal in key.withBytes { ByteScan.isEqual(UnsafeRawBufferPointer(literal), $0) } }
  }

  private func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if let long { return long.withUnsafeBytes(body) }
    return withUnsafeBytes(of: short) { body(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
  }
}
