import COpenSSL

/// Random bytes fit for keys.
enum Random {
  /// - Precondition: libcrypto's generator works. It fails only where the system has no entropy source at all, and then
  ///   going on would hand out tokens that can be guessed.
  static func bytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      precondition(RAND_bytes(buffer.baseAddress, Int32(count)) == 1, "libcrypto has no random bytes")
      filled = count
    }
  }
}
