extension OpenAPI {
  /// An entry of `x-problems`.
  struct Problem: Equatable, Sendable {
    var code: Located<String>
    var status: Located<Int>
    var title: String
    var detail: String
  }

  /// An entry of `x-tables`.
  struct Table: Equatable, Sendable {
    var name: Located<String>
    var pointer: String
    var description: String?
    /// A key of `components/schemas`.
    var schema: Located<String>?
    var columns: [Named<Schema>] = []
    var omitted: [Located<String>] = []
    var primaryKey: [Located<String>] = []
    var uniqueKeys: [UniqueKey] = []
    var indexes: [Index] = []
    var references: [Reference] = []
    /// What the table was called before.
    var renamedFrom: Located<String>?

    struct UniqueKey: Equatable, Sendable {
      var columns: [Located<String>]
      var ignoresCase = false
      var name: Located<String>?
      var place: Place
    }

    struct Index: Equatable, Sendable {
      var name: Located<String>
      var by: [Located<String>] = []
      /// With `-` in front of a column that sorts downwards.
      var order: [Located<String>] = []
    }

    struct Reference: Equatable, Sendable {
      var columns: [Located<String>]
      var table: Located<String>
      var onDelete: SpecGenCore.Reference.Action
    }
  }

  /// An entry of `x-queries`.
  struct Query: Equatable, Sendable {
    var name: Located<String>
    var pointer: String
    var description: String?
    var postgres: Located<String>
    var sqlite: Located<String>
    var parameters: [Named<Schema>] = []
    var result: Result?
    var rows: Located<NamedQuery.Rows>
    var effect: Located<Effect>?

    enum Effect: String, Equatable, Sendable, CaseIterable {
      case read, write
    }

    enum Result: Equatable, Sendable {
      case table(Located<String>)
      case columns([Named<Schema>], Place)
    }
  }
}
