/// An entry of `x-lists`: what an operation's query parameters choose from a table.
struct ListQuery: Equatable, Sendable {
  struct Filter: Equatable, Sendable {
    enum Comparison: String, Equatable, Sendable, CaseIterable {
      case equal = "="
      case different = "!="
      case less = "<"
      case atMost = "<="
      case greater = ">"
      case atLeast = ">="
      /// The parameter is an array.
      case among = "in"
      /// Of text, without regard to the case of A to Z.
      case contains
      case prefix
      /// The parameter is a boolean.
      case isNull = "is-null"
    }

    /// The parameter, of the operation's type, null when it is left out.
    var parameter: Column
    /// The name of the table's column.
    var column: String
    var comparison: Comparison
  }

  struct Sort: Equatable, Sendable {
    /// `recent`: a value of the parameter `sort`.
    var name: String
    /// The case of the parameter's type.
    var swiftName: String
    var order: [Index.Order]
  }

  /// The operation's id.
  var name: String
  /// The namespace of the operation's types: `ListConversations`.
  var typeName: String
  var description: String?
  var table: String
  /// Columns whose values are always asked for.
  var by: [String]
  var filters: [Filter]
  /// The first one is the default.
  var sorts: [Sort]
  /// The type of the parameter `sort`; nil when there is one order only.
  var sortType: TypeUse?
  var pointer = ""
}
