/// How the tables of another program become those of the definitions: what their columns may be called, and what stands
/// for columns that they lack.
public struct Adoption: Sendable, Hashable {
  /// Other names of a column, by `table.column`, in order of preference.
  public var otherNames: [String: [String]]
  /// Values of required columns that have no source, by `table.column`.
  public var fallbacks: [String: Fallback]

  public enum Fallback: Sendable, Hashable {
    case value(SQLValue)
    /// What another column of the new table gets.
    case column(String)
  }

  public init(otherNames: [String: [String]] = [:], fallbacks: [String: Fallback] = [:]) {
    self.otherNames = otherNames
    self.fallbacks = fallbacks
  }
}
