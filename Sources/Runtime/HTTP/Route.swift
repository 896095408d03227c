/// Where a generated router sends a request.
public enum Route<Operation: Sendable>: Sendable {
  case operation(Operation)
  /// The path is known, the method is not; `allow` is the `Allow` field.
  case otherMethod(allow: String)
  /// There is nothing at the path.
  case nowhere
}
