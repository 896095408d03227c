import COpenSSL

/// SHA-256 (FIPS 180-4) and comparison that tells nothing by the time it takes.
enum Digest {
  static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let message = Array(bytes)
    return [UInt8](unsafeUninitializedCapacity: 32) { digest, count in
      SHA256(message, message.count, digest.baseAddress)
      count = 32
    }
  }
}

/// Whether both hold the same bytes, in a time that depends on the length only.
public func equalInConstantTime(_ first: some Collection<UInt8>, _ second: some Collection<UInt8>) -> Bool {
  guard first.count == second.count else { return false }
  return CRYPTO_memcmp(Array(first), Array(second), first.count) == 0
}
