/// Whether a `pattern` of a schema can be used.
///
/// The parser is the runtime's own (its files are links), so that what builds here is what matches there.
enum PatternSyntax {
  /// Why a pattern cannot be used, in one sentence without a full stop; nil when it can.
  static func check(_ pattern: String) -> String? {
    do throws(PatternError) {
      let isShort = PatternProgram(try PatternParser.parse(pattern)) != nil
      return isShort ? nil : "its counts make more than \(PatternProgram.limit) steps of it"
    } catch {
      return error.reason
    }
  }

  /// Why a pattern that can be used is hardly what was meant, with what to write; nil when there is no doubt.
  static func doubt(_ pattern: String) -> String? {
    if pattern.hasPrefix("/^") || pattern.hasPrefix("/") && pattern.hasSuffix("$/") {
      return "the slashes around the pattern are part of it, so that no text has it; write it without them"
    }
    if pattern.contains(text: "[[:"), pattern.contains(text: ":]]") {
      return
        "\"[:alpha:]\" is of POSIX and means the characters within here; write \"\\p{Letter}\", \"\\d\" or the like"
    }
    return nil
  }
}
