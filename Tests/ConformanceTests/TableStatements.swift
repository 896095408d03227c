import Storage

/// The generated statements of one table, by what they do. Told by their names and their order, so that a new table is
/// covered as soon as it is in `api.yaml`.
struct TableStatements {
  let table: TableDefinition
  let insert: Statement
  /// Of the primary key, then of each unique key.
  let finds: [(key: [IndexColumn], statement: Statement)]
  let pages: [(index: IndexDefinition, first: Statement, after: Statement)]
  /// Nil when every column is part of the key.
  let update: Statement?
  let delete: Statement
  /// Where words can be searched for.
  let search: Statement?

  /// A kind of statement that this suite does not run.
  struct Unknown: Error, CustomStringConvertible {
    let names: [String]

    var description: String {
      "The suite does not know what these generated statements do: \(names.joined(separator: ", ")). "
        + "Teach it in TableStatements.swift, Model.swift and TableScript.swift."
    }
  }

  init(_ table: TableDefinition, among statements: [Statement]) throws {
    self.table = table
    let prefix = "\(table.name)."
    let own = statements.filter { $0.name.hasPrefix(prefix) }
    func named(_ test: (Substring) -> Bool) -> [Statement] { own.filter { test($0.name.dropFirst(prefix.count)) } }

    let finds = named { $0.hasPrefix("find") }
    let firsts = named { $0.hasSuffix("First") && !$0.hasPrefix("find") }
    let afters = named { $0.hasSuffix("After") && !$0.hasPrefix("find") }
    let keys = [table.keyColumns] + table.uniqueKeys.map(\.columns).filter { $0.map(\.name) != table.primaryKey }
    guard let insert = named({ $0 == "insert" }).first, let delete = named({ $0 == "delete" }).first,
      finds.count == keys.count, firsts.count == table.pages.count, afters.count == table.pages.count
    else { throw Unknown(names: own.map(\.name)) }
    self.insert = insert
    self.delete = delete
    update = named { $0 == "update" }.first
    search = named { $0 == "search" }.first
    self.finds = Array(zip(keys, finds))
    pages = zip(table.pages, zip(firsts, afters)).map { ($0, $1.0, $1.1) }

    let known = Set(([insert, delete] + finds + firsts + afters + [update, search].compactMap(\.self)).map(\.name))
    let unknown = own.map(\.name).filter { !known.contains($0) }
    if !unknown.isEmpty { throw Unknown(names: unknown) }
  }

  /// How many of the index's columns are compared for equality: the parameters of a first page, without its limit.
  func byCount(of page: (index: IndexDefinition, first: Statement, after: Statement)) -> Int {
    page.first.parameters.count - 1
  }
}
