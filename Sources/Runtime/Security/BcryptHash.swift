/// The parts of a bcrypt hash: `$2b$12$`, 22 characters of salt, 31 characters of digest.
struct BcryptHash: Sendable, Hashable {
  /// What `crypt(3)` is told: prefix, cost and salt.
  ///
  /// Always as `$2b$`. For passwords of at most 72 bytes `$2a$`, `$2b$` and `$2y$` name the same function in Python,
  /// whereas libxcrypt's `$2a$` alters it for certain passwords, to defuse an old defect that Python never had.
  let setting: String
  let digest: Substring

  /// Nil where the text is not a bcrypt hash.
  init?(_ text: String) {
    guard text.utf8.count == 60, ["$2a$", "$2b$", "$2y$"].contains(text.prefix(4)) else { return nil }
    let rest = text.dropFirst(4)
    guard let cost = Int(rest.prefix(2)), rest.dropFirst(2).first == "$", PasswordHasher.costs.contains(cost),
      rest.dropFirst(3).utf8.allSatisfy(Self.isInAlphabet)
    else { return nil }
    setting = Self.prefix(cost: cost) + rest.dropFirst(3).prefix(22)
    digest = rest.suffix(31)
  }

  /// `$2b$12$`
  static func prefix(cost: Int) -> String {
    cost < 10 ? "$2b$0\(cost)$" : "$2b$\(cost)$"
  }

  private static func isInAlphabet(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
