extension StorageError {
  /// Whether a unique key of this name was violated, such as `UsersTable.usernameKey`.
  public func violates(_ uniqueKey: String) -> Bool {
    code == .uniqueViolation && constraint == uniqueKey
  }
}
