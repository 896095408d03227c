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
    /// The columns whose words can be searched for; nil without a search.
    var searched: [Located<String>]?
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

  /// An entry of `x-lists`.
  struct List: Equatable, Sendable {
    /// The `operationId` whose query parameters choose what of the list is answered.
    var name: Located<String>
    var pointer: String
    var description: String?
    var table: Located<String>
    var by: [Located<String>]
    var filters: [Named<Filter>]
    var sorts: [Named<Sort>]
    var place: Place

    struct Filter: Equatable, Sendable {
      var column: Located<String>
      var comparison: Located<ListQuery.Filter.Comparison>
    }

    enum Sort: Equatable, Sendable {
      case index(Located<String>)
      /// With `-` in front of a column that sorts downwards.
      case columns([Located<String>], Place)
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
