import COpenSSL

/// HMAC (RFC 2104) with one key, which is prepared once.
///
/// `@unchecked Sendable`: the context is never changed after `init`, only duplicated, which libcrypto allows from
/// several threads at once because the source of a duplication is constant.
final class KeyedHMAC: @unchecked Sendable {
  private let context: OpaquePointer
  private let length: Int

  /// - Parameter digest: a name that libcrypto knows, such as `SHA256`.
  init(digest: String, key: [UInt8]) throws(SecurityError) {
    guard let context = parley_hmac_new(digest, key, key.count) else {
      throw SecurityError(.libraryFailure, "EVP_MAC_init \(digest)")
    }
    self.context = context
    self.length = EVP_MAC_CTX_get_mac_size(context)
  }

  deinit { EVP_MAC_CTX_free(context) }

  /// The code of a message.
  ///
  /// - Precondition: memory is left, as anywhere in Swift. HMAC with a key already set cannot fail otherwise.
  func code(of message: some Collection<UInt8>) -> [UInt8] {
    let message = Array(message)
    let copy = EVP_MAC_CTX_dup(context)
    defer { EVP_MAC_CTX_free(copy) }
    return [UInt8](unsafeUninitializedCapacity: length) { code, count in
      let done =
        EVP_MAC_update(copy, message, message.count) == 1
        && EVP_MAC_final(copy, code.baseAddress, &count, length) == 1
      precondition(done, "libcrypto is out of memory")
    }
  }
}
