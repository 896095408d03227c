/// Whether a `pattern` of a schema can be used.
///
/// The parser is the runtime's own (its files are links), so that what builds here is what matches there.
enum PatternSyntax {
  /// Why a pattern cannot be used, in one sentence without a full stop; nil when it can.
  static func check(_ pattern: String) -> String? {
    do throws(PatternError) {
      _ = try PatternParser.parse(pattern)
      return nil
    } catch {
      return error.reason
    }
  }
}
