/// An entry of `x-lists`: what an operation's query parameters choose from a table.
public struct ListQuery: Equatable, Sendable {
  public struct Filter: Equatable, Sendable {
    public enum Comparison: String, Equatable, Sendable, CaseIterable {
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
    public var parameter: Column
    /// The name of the table's column.
    public var column: String
    public var comparison: Comparison

    public init(parameter: Column, column: String, comparison: Comparison) {
      self.parameter = parameter
      self.column = column
      self.comparison = comparison
    }
  }

  public struct Sort: Equatable, Sendable {
    /// `recent`: a value of the parameter `sort`.
    public var name: String
    /// The case of the parameter's type.
    public var swiftName: String
    public var order: [Index.Order]

    public init(name: String, swiftName: String, order: [Index.Order]) {
      self.name = name
      self.swiftName = swiftName
      self.order = order
    }
  }

  /// The operation's id.
  public var name: String
  /// The namespace of the operation's types: `ListConversations`.
  public var typeName: String
  public var description: String?
  public var table: String
  /// Columns whose values are always asked for.
  public var by: [String]
  public var filters: [Filter]
  /// The first one is the default.
  public var sorts: [Sort]
  /// The type of the parameter `sort`; nil when there is one order only.
  public var sortType: TypeUse?
  public var pointer: String

  public init(
    name: String, typeName: String, description: String? = nil, table: String, by: [String], filters: [Filter],
    sorts: [Sort], sortType: TypeUse? = nil, pointer: String = ""
  ) {
    self.name = name
    self.typeName = typeName
    self.description = description
    self.table = table
    self.by = by
    self.filters = filters
    self.sorts = sorts
    self.sortType = sortType
    self.pointer = pointer
  }
}
