import FoundationEssentials
import Security
import Testing
import Values

@Suite("Access tokens")
struct TokenSignerTests {
  static let secret = "0f6c1e6f5d4b3a29181716151413121110ffeeddccbbaa998877665544332211"
  static let issued = Timestamp(milliseconds: 1_767_225_600_000)
  static let expires = Timestamp(milliseconds: 1_767_229_200_000)
  static let header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
  static let claims =
    "eyJzdWIiOiIwMTkyZjBjMS0yYTNiLTdjNGQtOGU1Zi02MDcxODI5M2E0YjUiLCJzaWQiOiIwMTkyZjBjMS0yYTNiLTdjNGQtOGU1Zi02MDcxODI5"
    + "M2E0YjYiLCJpYXQiOjE3NjcyMjU2MDAsImV4cCI6MTc2NzIyOTIwMCwidHlwIjoiYWNjZXNzIn0"

  /// Made by PyJWT 2.15: `jwt.encode({"sub", "sid", "iat", "exp", "typ"}, secret, algorithm)`.
  static let pyjwt: [(TokenSigner.Algorithm, String)] = [
    (.hs256, "\(header).\(claims).C2qh7AT1OrXEXARMeYLldZub27LbiocbXbWLQ8X8fJo"),
    (
      .hs384,
      "eyJhbGciOiJIUzM4NCIsInR5cCI6IkpXVCJ9.\(claims).DLvK-rOUkj6R5TNhnWrOmh3yxpeQDr_d3SmZng7r9PEHOlr7sHgMgG0yTJ9ELiGJ"
    ),
    (
      .hs512,
      "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.\(claims).Xi_e9laCW63I3R4t50PuYDtoG2OaeE3ii6IhoWKHidkk6PQ88-_9tmJgKtUZedd9"
        + "1HOod7CX-0qzZDKRXhulsg"
    ),
  ]

  static func token() throws -> AccessToken {
    AccessToken(
      subject: try #require(UUID(uuidString: "0192f0c1-2a3b-7c4d-8e5f-60718293a4b5")),
      session: try #require(UUID(uuidString: "0192f0c1-2a3b-7c4d-8e5f-60718293a4b6")),
      issuedAt: issued, expiresAt: expires)
  }

  func signer(_ algorithm: TokenSigner.Algorithm = .hs256) throws -> TokenSigner {
    try TokenSigner(secret: Self.secret, algorithm: algorithm)
  }

  @Test("What PyJWT signs is accepted, and we sign the same bytes", arguments: pyjwt)
  func interoperability(algorithm: TokenSigner.Algorithm, text: String) throws {
    let signer = try signer(algorithm)
    #expect(try signer.verify(text[...], now: Self.issued) == Self.token())
    #expect(try signer.sign(Self.token()) == text)
  }

  @Test("Other headers and further claims of PyJWT are accepted")
  func otherShapes() throws {
    let withKeyID =
      "eyJhbGciOiJIUzI1NiIsImtpZCI6IjEiLCJ0eXAiOiJKV1QifQ.\(Self.claims).J9VbKc5L_0G5H_SBZuSleJlIIEq7aPYpwu3SlVjw3us"
    #expect(try signer().verify(withKeyID[...], now: Self.issued) == Self.token())
    let withMore =
      "\(Self.header).eyJzdWIiOiIwMTkyZjBjMS0yYTNiLTdjNGQtOGU1Zi02MDcxODI5M2E0YjUiLCJzaWQiOiIwMTkyZjBjMS0yYTNiLTdjNGQt"
      + "OGU1Zi02MDcxODI5M2E0YjYiLCJpYXQiOjE3NjcyMjU2MDAsImV4cCI6MTc2NzIyOTIwMCwidHlwIjoiYWNjZXNzIiwiYXVkIjpbImEiLCJiIl0"
      + "sIm4iOnsibSI6WzEsMix7InoiOm51bGx9XX0sIm5hbWUiOiJcdTAwZTlcIlxcIn0.K5ezSSWrJkImL1qPg-L3owJAB6RDaSY7vVJHXX8XCCM"
    #expect(try signer().verify(withMore[...], now: Self.issued) == Self.token())
  }

  @Test("Times with a fraction are read to the millisecond")
  func fractions() throws {
    let text =
      "\(Self.header).eyJzdWIiOiIwMTkyZjBjMS0yYTNiLTdjNGQtOGU1Zi02MDcxODI5M2E0YjUiLCJzaWQiOiIwMTkyZjBjMS0yYTNiLTdjNGQt"
      + "OGU1Zi02MDcxODI5M2E0YjYiLCJpYXQiOjE3NjcyMjU2MDAuMjUsImV4cCI6MTc2NzIyOTIwMC43NSwidHlwIjoiYWNjZXNzIn0"
      + ".kDFAEOiqW2hqd_bnDRTthOmSYxjmgsjNIRIFU5P2-kw"
    let token = try signer().verify(text[...], now: Self.issued)
    #expect(token.issuedAt.milliseconds == 1_767_225_600_250)
    #expect(token.expiresAt.milliseconds == 1_767_229_200_750)
  }

  @Test("A token lives until its expiry and not a millisecond longer")
  func expiry() throws {
    let text = try signer().sign(Self.token())
    let last = Timestamp(milliseconds: Self.expires.milliseconds - 1)
    #expect(try signer().verify(text[...], now: last) == Self.token())
    #expect(throws: SecurityError(.expiredToken)) { try signer().verify(text[...], now: Self.expires) }
  }

  @Test("A token from the future is refused beyond a minute")
  func future() throws {
    let text = try signer().sign(Self.token())
    let close = Timestamp(milliseconds: Self.issued.milliseconds - 60_000)
    #expect(try signer().verify(text[...], now: close) == Self.token())
    let far = Timestamp(milliseconds: Self.issued.milliseconds - 60_001)
    #expect(throws: SecurityError(.invalidToken, "iat is in the future")) {
      try signer().verify(text[...], now: far)
    }
  }

  static let signed = pyjwt[0].1
  /// Signed by PyJWT with the right secret, and yet not for us.
  static let prefix =
    "\(header).eyJzdWIiOiIwMTkyZjBjMS0yYTNiLTdjNGQtOGU1Zi02MDcxODI5M2E0YjUiLCJzaWQiOiIwMTkyZjBjMS0yYTNiLTdjNGQtOGU1Zi02"
    + "MDcxODI5M2E0YjYiLCJpYXQiOjE3NjcyMjU2MDAsImV4cCI6"
  static let refused: [(String, String)] = [
    ("empty", ""),
    ("two parts", "\(header).\(claims)"),
    ("four parts", "\(signed).x"),
    ("empty signature", "\(header).\(claims)."),
    ("alg none", "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.\(claims)."),
    ("padding", "\(signed)="),
    ("a space", " \(signed)"),
    ("signature of another spelling", "\(signed.dropLast())p"),
    ("signature cut", String(signed.dropLast(2))),
    ("claims changed", signed.replacing("LCJzaWQ", with: "LCJzaWR")),
    ("another algorithm", pyjwt[1].1),
    (
      "critical extension",
      "eyJhbGciOiJIUzI1NiIsImNyaXQiOlsieCJdLCJ0eXAiOiJKV1QiLCJ4IjoxfQ.\(claims)"
        + ".mOK6oqtSHoSVq-BsKYormkh_1Kv9JrXMvZGNJG3CHp4"
    ),
    ("typ refresh", "\(prefix)MTc2NzIyOTIwMCwidHlwIjoicmVmcmVzaCJ9.vip7ubDzv1Ilp8ImNSko4RPpz5SJNhW488e9F_SgvgE"),
    ("no typ", "\(prefix)MTc2NzIyOTIwMH0.3t1Gf9hQ9RPdBsRoZnV_k0HWlaNvy55do2ozQo_-6lg"),
    ("exp is text", "\(prefix)IjE3NjcyMjkyMDAiLCJ0eXAiOiJhY2Nlc3MifQ.w2Zgr7yRnoMRfz788WTK72rzdBfwqHuHzjiduKiUyZo"),
    (
      "no exp",
      "\(header).eyJzdWIiOiIwMTkyZjBjMS0yYTNiLTdjNGQtOGU1Zi02MDcxODI5M2E0YjUiLCJzaWQiOiIwMTkyZjBjMS0yYTNiLTdjNGQtOGU1Zi"
        + "02MDcxODI5M2E0YjYiLCJpYXQiOjE3NjcyMjU2MDAsInR5cCI6ImFjY2VzcyJ9.48Lg5hokpH2t4-O5UoL92eim-Nn1I46W74-QU85TeJg"
    ),
    (
      "sub is no id",
      "\(header).eyJzdWIiOiJhbGljZSIsInNpZCI6IjAxOTJmMGMxLTJhM2ItN2M0ZC04ZTVmLTYwNzE4MjkzYTRiNiIsImlhdCI6MTc2NzIyNTYwMC"
        + "wiZXhwIjoxNzY3MjI5MjAwLCJ0eXAiOiJhY2Nlc3MifQ.n6R5vAeqr0EzvcrmAK3NvxW1slp-UVmfGF7wFPAlmV4"
    ),
  ]

  @Test("What is not exactly a token of ours is refused", arguments: refused)
  func refusal(case: String, text: String) throws {
    let error = #expect(throws: SecurityError.self) { try signer().verify(text[...], now: Self.issued) }
    #expect(error?.code == .invalidToken)
  }

  @Test("A token of another secret is refused")
  func otherSecret() throws {
    let other = try TokenSigner(secret: "another secret that is long enough", algorithm: .hs256)
    let text = try other.sign(Self.token())
    #expect(throws: SecurityError(.invalidToken, "signature does not match")) {
      try signer().verify(text[...], now: Self.issued)
    }
  }

  @Test("An empty secret signs nothing")
  func emptySecret() {
    #expect(throws: SecurityError(.emptySecret)) { try TokenSigner(secret: "", algorithm: .hs256) }
  }

  @Test("One signer serves many tasks at once")
  func concurrency() async throws {
    let signer = try signer()
    let token = try Self.token()
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<500).allSatisfy { _ in (try? signer.verify(signer.sign(token)[...], now: Self.issued)) == token }
        }
      }
      for await allRight in group { #expect(allRight) }
    }
  }
}
