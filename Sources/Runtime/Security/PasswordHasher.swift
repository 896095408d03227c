import CCrypt
import Glibc

/// Hashes passwords with bcrypt, on threads of its own.
///
/// New hashes are `$2b$`. Those that Python's bcrypt and passlib wrote (`$2a$`, `$2b$`, `$2y$`) are accepted. A password
/// over 72 bytes, or with a NUL in it, is refused by error: bcrypt would silently ignore the rest of it.
public final class PasswordHasher: Sendable {
  /// The work factors that bcrypt knows: the time doubles with each. 12 takes about a quarter of a second.
  public static let costs = 4...31

  public let cost: Int

  private let threads: CryptThreads

  /// - Parameters:
  ///   - cost: one of `costs`; with any other, every hash fails with `invalidCost`.
  ///   - threads: how many passwords are hashed at once; nil for one a processor.
  ///   - queueLimit: how many may wait beyond those, before others are refused as `overloaded`.
  public init(cost: Int = 12, threads: Int? = nil, queueLimit: Int = 256) {
    self.cost = cost
    self.threads = CryptThreads(
      threads: threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)), queueLimit: queueLimit)
  }

  deinit { threads.shutdown() }

  /// The hash of a password with a new salt: 60 characters, `$2b$…`.
  ///
  /// - Throws: `passwordTooLong`, `passwordContainsNUL`, `overloaded`, `cancelled`, `shutDown`, `invalidCost`.
  public func hash(_ password: String) async throws(SecurityError) -> String {
    try await threads.crypt(Self.phrase(password), setting: newSetting())
  }

  /// Whether the password is the one that the hash was made of.
  ///
  /// - Throws: as `hash`, and `invalidHash` where `hash` is not a bcrypt hash.
  public func verify(_ password: String, against hash: String) async throws(SecurityError) -> Bool {
    guard let stored = BcryptHash(hash) else { throw SecurityError(.invalidHash) }
    let computed = try await threads.crypt(Self.phrase(password), setting: stored.setting)
    return equalInConstantTime(computed.utf8.suffix(31), stored.digest.utf8)
  }

  /// Takes as long as `verify`: for a user who does not exist, so that the answer's time does not tell.
  ///
  /// - Throws: as `hash`.
  public func verifyAgainstNothing(_ password: String) async throws(SecurityError) {
    guard Self.costs.contains(cost) else { throw SecurityError(.invalidCost) }
    _ = try await threads.crypt(Self.phrase(password), setting: settingOfNobody)
  }

  /// Of the kind and the cost of every hash that is made here, with a salt that stands for nobody.
  var settingOfNobody: String {
    BcryptHash.prefix(cost: cost) + String(repeating: ".", count: 22)
  }

  /// Whether the hash should be made anew, at the next login, because its cost or its kind is not what `hash` writes.
  public func needsRehash(_ hash: String) -> Bool {
    !hash.hasPrefix(BcryptHash.prefix(cost: cost))
  }

  /// Refuses what waits and what comes (`shutDown`); hashes that are being made are finished.
  public func shutdown() {
    threads.shutdown()
  }

  /// The password as C reads it, its NUL at the end.
  private static func phrase(_ password: String) throws(SecurityError) -> [UInt8] {
    var phrase = Array(password.utf8)
    if phrase.count > 72 { throw SecurityError(.passwordTooLong) }
    if phrase.contains(0) { throw SecurityError(.passwordContainsNUL) }
    phrase.append(0)
    return phrase
  }

  /// `$2b$`, the cost and a new salt of 16 random bytes.
  private func newSetting() throws(SecurityError) -> String {
    guard Self.costs.contains(cost) else { throw SecurityError(.invalidCost) }
    let salt = Random.bytes(16)
    let setting = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CRYPT_GENSALT_OUTPUT_SIZE)) { buffer in
      salt.withUnsafeBytes { salt in
        crypt_gensalt_rn(
          "$2b$", UInt(cost), salt.assumingMemoryBound(to: CChar.self).baseAddress, Int32(salt.count),
          buffer.baseAddress, Int32(buffer.count))
      }.map { String(cString: $0) }
    }
    guard let setting else { throw SecurityError(.libraryFailure, "crypt_gensalt_rn") }
    return setting
  }
}
