extension Migration {
  /// What there is to do, in a few words.
  public var summary: String {
    if !strangers.isEmpty { return "its tables were made by another program, see parley migrate --plan" }
    if steps.isEmpty { return "up to date" }
    return "\(steps.count == 1 ? "1 step" : "\(steps.count) steps") to go, see parley migrate --plan"
  }

  /// The plan for people who decide whether to run it: each step with its SQL, its lock, and what it could lose.
  public var report: String {
    if !strangers.isEmpty { return strangersReport }
    if steps.isEmpty { return "The database is up to date." }
    let isWhole = steps.contains { $0.mode == .fix }
    let head =
      (steps.count == 1 ? "1 step" : "\(steps.count) steps")
      + (isWhole ? ", in one transaction because rows are changed or deleted; locks last to its end:" : ":")
    let body = steps.enumerated().map { "\($0 + 1). \($1.report)" }.joined(separator: "\n\n")
    let lossy = steps.filter { $0.loss != nil }
    let flags = lossy.filter { $0.loss?.canBeAllowed == true }.map { " --allow \($0.name)" }.joined()
    let foot =
      if lossy.isEmpty {
        "No data is lost. Run: parley migrate"
      } else if lossy.contains(where: { $0.loss?.canBeAllowed == false }) {
        "Not possible as long as a step is refused for good; see above."
      } else {
        "Data is lost. To run it all the same: parley migrate\(flags)"
      }
    return "\(head)\n\n\(body)\n\n\(foot)"
  }
}

extension Migration.Step {
  fileprivate var report: String {
    var lines = ["\(description)  [\(name)]"]
    lines.append("lock: \(lock)\(rewritesTable ? "; every row is written anew" : "")")
    if let loss {
      let rows = loss.rows == 1 ? "1 row" : "\(loss.rows) rows"
      lines.append("LOSES DATA: \(rows); \(loss.description)")
      if loss.canBeAllowed {
        lines.append("refused until it is named: --allow \(name)")
      } else {
        lines.append("refused")
      }
    }
    lines.append(
      isAdditive
        ? "runs at the start of serve by itself"
        : isSurplus ? "left alone by serve" : "serve does not start before it is done")
    if sql.isEmpty { lines.append("done as the table is made anew, see below") }
    for statement in sql {
      for line in "\(statement);".split(separator: "\n") { lines.append("  \(line)") }
    }
    return lines.joined(separator: "\n   ")
  }
}
