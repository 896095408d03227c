/// A table of `x-tables`.
struct ResolvedTable: Equatable, Sendable {
  var source: OpenAPI.Table
  var typeName: String
  /// The key of its schema.
  var schema: String?
  var columns: [ResolvedColumn]
  var primaryKey: [String]
  var uniqueKeys: [UniqueKey]
  var indexes: [Index]
  var references: [Reference]
}

struct ResolvedColumn: Equatable, Sendable {
  var name: Located<String>
  var swiftName: String
  var schema: ResolvedSchema
  var isNullable: Bool
  var isPublic: Bool
}

struct ResolvedQuery: Equatable, Sendable {
  var source: OpenAPI.Query
  var swiftName: String
  var typeName: String
  /// With `:name` and `{columns}` replaced.
  var postgres: String
  var sqlite: String
  var parameters: [ResolvedColumn]
  var result: Result
  var isRead: Bool

  enum Result: Equatable, Sendable {
    case none
    case table(String)
    case columns([ResolvedColumn])
  }
}

struct ResolvedList: Equatable, Sendable {
  var source: OpenAPI.List
  /// That of the operation's method.
  var swiftName: String
  var typeName: String
  var filters: [Filter]
  var sorts: [ListQuery.Sort]
  /// Of the parameter `sort`; nil when there is one order only.
  var sortSchema: ResolvedSchema?

  struct Filter: Equatable, Sendable {
    var name: Located<String>
    var swiftName: String
    var schema: ResolvedSchema
    var column: String
    var comparison: ListQuery.Filter.Comparison
  }
}
