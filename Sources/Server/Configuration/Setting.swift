/// What can be configured, by the name that it has in the environment and in `.env`.
enum Setting: String, CaseIterable, Sendable {
  case databaseURL = "DATABASE_URL"
  case jwtSecret = "JWT_SECRET"
  case jwtAlgorithm = "JWT_ALGORITHM"
  case aiModelEndpoint = "AI_MODEL_ENDPOINT"
  case aiProvider = "AI_PROVIDER"
  case aiModel = "AI_MODEL"
  case aiAPIKey = "AI_API_KEY"
  case aiTimeout = "AI_TIMEOUT"
  case aiConnectTimeout = "AI_CONNECT_TIMEOUT"
  case aiFirstByteTimeout = "AI_FIRST_BYTE_TIMEOUT"
  case aiIdleTimeout = "AI_IDLE_TIMEOUT"
  case aiRetries = "AI_RETRIES"
  case aiContextTokens = "AI_CONTEXT_TOKENS"
  case aiPrices = "AI_PRICES"
  case host = "HOST"
  case port = "PORT"
  case corsOrigins = "CORS_ORIGINS"
  case bcryptCost = "BCRYPT_COST"
  case dbPoolSize = "DB_POOL_SIZE"
  case migrate = "MIGRATE"
  case logLevel = "LOG_LEVEL"
  case rateLimits = "RATE_LIMITS"
  case monthlyTokenLimit = "MONTHLY_TOKEN_LIMIT"

  /// The setting that somebody meant who wrote an unknown name; nil when the name is nothing like ours.
  static func meant(by name: String) -> Setting? {
    let (setting, distance) =
      allCases
      .map { ($0, editDistance(Array(name.uppercased().utf8), Array($0.rawValue.utf8))) }
      .min { $0.1 < $1.1 } ?? (.port, Int.max)
    // Two letters are half of a short name, and its neighbours are words of their own: HOST, COST, POST, PORT.
    return distance <= (setting.rawValue.utf8.count < 6 ? 1 : 2) ? setting : nil
  }
}

/// The fewest insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var rows = [Array(0...right.count)]
  for (i, a) in left.enumerated() {
    var row = [i + 1]
    for (j, b) in right.enumerated() {
      var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a == b ? 0 : 1))
      if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { best = min(best, rows[i - 1][j - 1] + 1) }
      row.append(best)
    }
    rows.append(row)
  }
  return rows[left.count][right.count]
}
