import FoundationEssentials
import Generated
import Storage
import Testing
import Values

@Suite("Generated lists")
struct GeneratedListsTests {
  private static let titles = [
    "Travel plans", "TRAVEL", "100%", "100", "a_b", "aXb", #"back\slash"#, "it's", #"say "hi""#, "Ärger", "ärger", "日本",
    "$1 ?1 :name", "x' OR '1'='1", "", "🙂",
  ]

  private static let pieces: [String?] = [
    nil, "travel", "%", "_", #"\"#, "'", "\"", "Ä", "ä", "本", "$1", "x' OR '1'='1", "", "🙂", "nowhere",
    "'; DROP TABLE conversations; --",
  ]

  /// Rows whose times collide, so that no column alone says where a page ends.
  private func rows(of user: UsersRow) -> [ConversationsRow] {
    (0..<4 * Self.titles.count).map { index in
      var row = Fixture.conversation(
        of: user, title: Self.titles[index % Self.titles.count], pinned: index / 16 % 2 == 0,
        updatedAt: Fixture.moment(Int64(index % 3)))
      row.archived = index / 32 == 0
      row.createdAt = Fixture.moment(Int64(index % 5))
      return row
    }
  }

  /// What the list must be, said without SQL.
  private func expected(_ page: ListConversations.Page, among rows: [ConversationsRow]) -> [UUID] {
    func folded(_ text: String) -> [UInt8] { text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 } }
    let chosen = rows.filter { row in
      (page.archived.map { row.archived == $0 } ?? true) && (page.pinned.map { row.pinned == $0 } ?? true)
        && (page.title.map { folded(row.title).firstRange(of: folded($0)) != nil || $0.isEmpty } ?? true)
    }
    return chosen.sorted { left, right in
      switch page.sort {
      case .recent:
        if left.pinned != right.pinned { return left.pinned }
        if left.updatedAt != right.updatedAt { return left.updatedAt > right.updatedAt }
      case .created:
        if left.createdAt != right.createdAt { return left.createdAt > right.createdAt }
      }
      return left.id.words > right.id.words
    }.map(\.id)
  }

  private func pages(_ page: ListConversations.Page, of user: UsersRow, in database: any Database) async throws
    -> [UUID]
  {
    var page = page
    var met: [UUID] = []
    while true {
      let query = try #require(Queries.listConversations(userID: user.id, page))
      let found = try await database.run(query)
      #expect(found.rows.count <= page.limit)
      met += found.rows.map(\.id)
      guard let cursor = found.nextCursor else { return met }
      page.cursor = cursor
    }
  }

  @Test("Every combination of filters and orders is what a plain filter says, in pages", arguments: Engine.allCases)
  func combinations(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let user = Fixture.user()
      let stranger = Fixture.user("stranger")
      _ = try await database.run([UsersTable.insert(user), UsersTable.insert(stranger)])
      let rows = rows(of: user)
      _ = try await database.run((rows + self.rows(of: stranger)).shuffled().map(ConversationsTable.insert))
      for archived in [nil, true, false] {
        for pinned in [nil, true, false] {
          for title in Self.pieces {
            for sort in ConversationOrder.allCases {
              let page = ListConversations.Page(
                archived: archived, pinned: pinned, title: title, sort: sort, limit: title == nil ? 7 : 100)
              let met = try await pages(page, of: user, in: database)
              #expect(met == expected(page, among: rows), "\(page)")
            }
          }
        }
      }
    }
  }

  @Test(
    "Pages under concurrent inserts miss no row that was there before, and meet none twice", arguments: Engine.allCases)
  func concurrentInserts(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let user = Fixture.user()
      try await database.run(UsersTable.insert(user))
      let before = rows(of: user)
      _ = try await database.run(before.map(ConversationsTable.insert))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for row in rows(of: user) {
          group.addTask { try await database.run(ConversationsTable.insert(row)) }
        }
        for sort in ConversationOrder.allCases {
          let met = try await pages(ListConversations.Page(sort: sort, limit: 3), of: user, in: database)
          #expect(Set(met).count == met.count)
          #expect(Set(met).isSuperset(of: before.map(\.id)))
        }
        try await group.waitForAll()
      }
    }
  }

  @Test("A cursor of another order, of other filters or of another list is refused")
  func cursors() async throws {
    try await TestDatabase.with(.sqlite, tables: DatabaseSchema.tables) { database, _ in
      let user = Fixture.user()
      try await database.run(UsersTable.insert(user))
      _ = try await database.run(rows(of: user).map(ConversationsTable.insert))
      let page = ListConversations.Page(pinned: true, limit: 1)
      let query = try #require(Queries.listConversations(userID: user.id, page))
      let found = try await database.run(query)
      let cursor = try #require(found.nextCursor)
      func isTaken(_ page: ListConversations.Page) -> Bool {
        Queries.listConversations(userID: user.id, page) != nil
      }
      #expect(isTaken(.init(pinned: true, cursor: cursor, limit: 50)))
      #expect(!isTaken(.init(pinned: false, cursor: cursor, limit: 1)))
      #expect(!isTaken(.init(cursor: cursor, limit: 1)))
      #expect(!isTaken(.init(archived: true, pinned: true, cursor: cursor, limit: 1)))
      #expect(!isTaken(.init(pinned: true, title: "a", cursor: cursor, limit: 1)))
      #expect(!isTaken(.init(pinned: true, sort: .created, cursor: cursor, limit: 1)))
      let row = try #require(found.rows.first)
      #expect(!isTaken(.init(pinned: true, cursor: ConversationsTable.ByUserKey(row).cursor, limit: 1)))
      #expect(!isTaken(.init(pinned: true, cursor: "", limit: 1)))
    }
  }

  @Test("Limits at the edges are answered, and break nothing", arguments: Engine.allCases)
  func limits(engine: Engine) async throws {
    try await TestDatabase.with(engine, tables: DatabaseSchema.tables) { database, _ in
      let (user, conversation) = try await database.userWithConversation()
      for (limit, count) in [(0, 0), (-5, 0), (1, 1), (Int.max, 1)] {
        let query = try #require(Queries.listConversations(userID: user.id, .init(limit: limit)))
        let page = try await database.run(query)
        #expect(page.rows == (count == 1 ? [conversation] : []))
        #expect(page.nextCursor == nil)
      }
    }
  }

  @Test("A list has one statement for each combination, and no more")
  func statements() {
    #expect(Lists.statements.count == 32)
    #expect(Set(Lists.statements.map(\.name)).count == 32)
    #expect(Set(Lists.statements.map(\.postgres)).count == 32)
    #expect(Lists.declarations.map(\.statement.number) == Lists.statements.map(\.number))
  }
}
