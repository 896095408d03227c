/// The statements of a list whose conditions may be left out and whose order is chosen.
///
/// There is one statement for each combination, so that those which are prepared are bounded in number, and all of them
/// are put together from texts that are known when the program is compiled: what a caller gives is bound as a
/// parameter, never written into SQL.
///
/// Parameters are numbered alike in all of them: the keys, a value for each condition, the place to go on from, and the
/// limit last. A condition that is left out has null for its value.
public struct ListStatements: Sendable {
  /// A piece of SQL in both dialects.
  public struct Piece: Sendable {
    let postgres: String
    let sqlite: String

    public init(postgres: StaticString, sqlite: StaticString) {
      self.postgres = "\(postgres)"
      self.sqlite = "\(sqlite)"
    }

    init(_ pieces: [Piece]) {
      postgres = pieces.map(\.postgres).joined()
      sqlite = pieces.map(\.sqlite).joined()
    }
  }

  /// A condition that may be left out.
  public struct Filter: Sendable {
    let name: String
    let type: ColumnType
    let condition: Piece

    public init(_ name: StaticString, _ type: ColumnType, _ condition: Piece) {
      self.name = "\(name)"
      self.type = type
      self.condition = condition
    }
  }

  /// An order in which no two rows are equal.
  public struct Order: Sendable {
    let name: String
    /// Of the values that tell a place in the list.
    let types: [ColumnType]
    let after: Piece
    let clause: Piece

    /// - Parameters:
    ///   - after: the condition that a row comes after a place.
    ///   - clause: `ORDER BY …`.
    public init(_ name: StaticString, _ types: [ColumnType], after: Piece, clause: Piece) {
      self.name = "\(name)"
      self.types = types
      self.after = after
      self.clause = clause
    }
  }

  let name: String
  let orders: [Order]
  /// In the order of their numbers.
  public let all: [Statement]

  /// - Parameters:
  ///   - number: that of the first statement; the others follow it without a gap.
  ///   - name: unique in the program: it begins the statements' names, and it is what cursors belong to.
  ///   - select: the statement up to its first condition, which is always asked for: `SELECT … WHERE user_id = $1`.
  ///   - keys: the types of that condition's parameters.
  public init(
    number: Int, name: StaticString, select: Piece, keys: [ColumnType], filters: [Filter], orders: [Order]
  ) {
    self.name = "\(name)"
    self.orders = orders
    var all: [Statement] = []
    for order in orders {
      let parameters = keys + filters.map(\.type) + order.types + [.int]
      for mask in 0..<(1 << filters.count) {
        let used = filters.indices.filter { mask >> $0 & 1 == 1 }.map { filters[$0] }
        for isAfter in [false, true] {
          let conditions = used.map(\.condition) + (isAfter ? [order.after] : [])
          let and = Piece(postgres: " AND ", sqlite: " AND ")
          let sql = Piece(
            [select] + conditions.flatMap { [and, $0] }
              + [Piece(postgres: " ", sqlite: " "), order.clause, Self.limit(parameters.count)])
          all.append(
            Statement(
              number: number + all.count,
              assembled: (["\(name)", order.name] + used.map(\.name) + (isAfter ? ["after"] : [])).joined(
                separator: "."),
              postgres: sql.postgres, sqlite: sql.sqlite, parameters: parameters))
        }
      }
    }
    self.all = all
  }

  /// A page of the list; nil when `cursor` is none of this list, or one of another order or of other conditions.
  ///
  /// - Parameters:
  ///   - keys: the values of the condition that is always asked for.
  ///   - filters: a value for each condition; null for one that is left out.
  ///   - order: the index of the order.
  ///   - cursor: that of the page before; nil for the first page.
  ///   - limit: the greatest number of rows.
  ///   - place: the values by which a row is sorted.
  public func page<Row: Sendable>(
    keys: [SQLValue], filters: [SQLValue], order: Int, after cursor: String?, limit: Int,
    row: @escaping @Sendable (Rows) throws(StorageError) -> Row, place: @escaping @Sendable (Row) -> [SQLValue]
  ) -> Query<ListPage<Row>>? {
    let list = identity(of: orders[order], filters)
    var start = [SQLValue](repeating: .null, count: orders[order].types.count)
    if let cursor {
      guard let values = KeysetCursor.values(of: cursor, in: list, as: orders[order].types) else { return nil }
      start = values
    }
    var combination = order
    for filter in filters.indices.reversed() { combination = combination << 1 | (filters[filter] == .null ? 0 : 1) }
    let statement = all[combination << 1 | (cursor == nil ? 0 : 1)]
    // One more row tells whether the list goes on.
    let limit = max(0, min(limit, .max - 1))
    return Query(statement, keys + filters + start + [.int(Int64(limit + 1))]) { rows throws(StorageError) in
      var found: [Row] = []
      found.reserveCapacity(rows.estimatedCount)
      while try rows.next() {
        guard found.count < limit else {
          return ListPage(rows: found, nextCursor: found.last.map { KeysetCursor.text(of: place($0), in: list) })
        }
        found.append(try row(rows))
      }
      return ListPage(rows: found, nextCursor: nil)
    }
  }

  /// What a cursor belongs to: the list, its order, and the conditions with their values.
  private func identity(of order: Order, _ filters: [SQLValue]) -> [UInt8] {
    var identity = Array("\(name).\(order.name)".utf8)
    for value in filters { KeysetCursor.append(value, to: &identity) }
    return identity
  }

  private static func limit(_ number: Int) -> Piece {
    Piece(postgres: " LIMIT $\(number)", sqlite: " LIMIT ?\(number)")
  }
}

extension ListStatements.Piece {
  fileprivate init(postgres: String, sqlite: String) {
    self.postgres = postgres
    self.sqlite = sqlite
  }
}

/// Some rows of a list, in order.
public struct ListPage<Row: Sendable>: Sendable {
  public var rows: [Row]
  /// Where the list goes on; nil at its end.
  public var nextCursor: String?

  public init(rows: [Row], nextCursor: String?) {
    self.rows = rows
    self.nextCursor = nextCursor
  }
}
