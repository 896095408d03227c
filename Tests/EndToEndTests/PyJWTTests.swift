import Foundation
import JSON
import TestSupport
import Testing

@Suite("PyJWT")
struct PyJWTTests {
  @Test(
    "PyJWT verifies our tokens, and what it signs with the same claims is accepted",
    arguments: ["HS256", "HS384", "HS512"])
  func together(_ algorithm: String) async throws {
    try await Stand.serving(.sqlite, settings: ["JWT_ALGORITHM": algorithm]) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let claims = try await python(
        "print(json.dumps(jwt.decode(sys.argv[1], sys.argv[2], algorithms=[sys.argv[3]], options={'require': ['exp', 'iat', 'sub']})))",
        [ada.client.token ?? "", Stand.secret, algorithm])
      let json = try JSONReader.read(JSONValue.self, from: Array(claims.utf8))
      #expect(json["sub"]?.string == ada.id)
      #expect(json["typ"] == "access")
      #expect(json["sid"]?.string?.isEmpty == false)
      #expect((json["exp"]?.integer ?? 0) > (json["iat"]?.integer ?? 0))

      func sign(_ change: String) async throws -> HTTPClient {
        let token = try await python(
          "claims = json.loads(sys.argv[1]); key = sys.argv[2]; algorithm = sys.argv[3]; now = int(time.time())\n\(change)\n"
            + "print(jwt.encode(claims, key, algorithm=algorithm))",
          [claims, Stand.secret, algorithm])
        return HTTPClient(port: parley.port, token: token)
      }
      try await sign("claims.update(iat=now, exp=now + 60)").get("/users/me").require(200)
      try await sign("claims = dict(reversed(claims.items()))").get("/users/me").require(200)
      let refused = [
        "claims.update(exp=now - 60)", "del claims['exp']", "del claims['sid']", "claims.update(typ='refresh')",
        "claims.update(sid=claims['sub'])", "claims.update(sub=claims['sid'])", "key = key + 'x'",
        "key, algorithm = '', 'none'", "algorithm = 'HS512' if algorithm == 'HS256' else 'HS256'",
        "claims.update(nbf=now + 60)",
      ]
      for change in refused {
        let reply = try await sign(change).get("/users/me")
        #expect(reply.status == 401, "\(change)")
      }
    }
  }

  /// Runs Python with PyJWT, from the virtual environment that script/contract makes.
  private func python(_ code: String, _ arguments: [String]) async throws -> String {
    let path = Programs.checkout + "/.venv/bin/python"
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw Trouble("\(path) is not there: 'script/contract validate' makes it.")
    }
    let process = try ChildProcess(
      path, ["-c", "import json, jwt, sys, time, warnings; warnings.simplefilter('ignore')\n\(code)"] + arguments,
      environment: ProcessInfo.processInfo.environment)
    guard try await process.end() == .exit(0) else { throw Trouble(process.output) }
    return process.output
  }
}
