/// Cuts text into the pieces that a byte-pair encoding would roughly make of it.
///
/// For providers that do not count, and for the offline model, whose tokens these are. A piece is: a word of up to
/// 7 letters with the space before it, further letters in groups of 4; up to 3 digits; one CJK character; up to 2
/// punctuation marks; a run of line breaks or of spaces. Made for English prose; code and other scripts are further off.
public enum TokenEstimate {
  /// What chat templates add around a message, and before the answer.
  private static let perMessage = 4
  private static let perPrompt = 3

  /// The pieces of a text, in order; joined they are the text.
  public static func pieces(of text: String) -> [Substring] {
    var pieces: [Substring] = []
    forEachPiece(of: text) { pieces.append(text[$0]) }
    return pieces
  }

  public static func count(_ text: String) -> Int {
    var count = 0
    forEachPiece(of: text) { _ in count += 1 }
    return count
  }

  /// The tokens of a prompt as a provider would bill it.
  public static func count(of prompt: ChatPrompt) -> Int {
    prompt.messages.reduce(perPrompt) { $0 + perMessage + count($1.content) }
  }

  /// The bill of an answer whose provider does not count, or that was broken off.
  public static func count(of prompt: ChatPrompt, answer: String) -> TokenCount {
    TokenCount(prompt: count(of: prompt), completion: count(answer), source: .estimated)
  }

  /// The bill of an answer, whole or broken off, given the last that its provider counted.
  ///
  /// The provider's word holds where it counted all. Of what it counted in part (`estimated`: its prompt, say, before
  /// the answer was broken off) nothing is lost, and the rest is estimated.
  public static func bill(of prompt: ChatPrompt, answer: String, counted: TokenCount?) -> TokenCount {
    guard let counted else { return count(of: prompt, answer: answer) }
    guard counted.source == .estimated else { return counted }
    let prompt = counted.prompt > 0 ? counted.prompt : count(of: prompt)
    return TokenCount(prompt: prompt, completion: max(counted.completion, count(answer)), source: .estimated)
  }

  /// The bill of an answer that came to its end, given the last that its provider counted: a zero of an estimate is what
  /// was not counted.
  static func complete(_ counted: TokenCount?, of prompt: ChatPrompt, answer: String) -> TokenCount {
    guard let counted else { return count(of: prompt, answer: answer) }
    guard counted.source == .estimated else { return counted }
    return TokenCount(
      prompt: counted.prompt > 0 ? counted.prompt : count(of: prompt),
      completion: counted.completion > 0 ? counted.completion : count(answer), source: .estimated)
  }

  private enum Kind {
    case letter, digit, ideograph, space, lineBreak, mark

    init(_ scalar: Unicode.Scalar) {
      switch scalar {
      case "a"..."z", "A"..."Z", "'", "’": self = .letter
      case "0"..."9": self = .digit
      case " ", "\t": self = .space
      case "\n", "\r": self = .lineBreak
      case _ where scalar.isASCII: self = .mark
      case _ where scalar.properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value): self = .ideograph
      case _ where scalar.properties.isAlphabetic || scalar.properties.isGraphemeExtend: self = .letter
      case _ where scalar.properties.isWhitespace: self = .space
      default: self = .mark
      }
    }

    /// How many scalars of this kind the first piece of a run holds, and the later ones.
    var lengths: (first: Int, later: Int) {
      switch self {
      case .letter: (7, 4)
      case .digit: (3, 3)
      case .ideograph: (1, 1)
      case .mark: (2, 2)
      case .space, .lineBreak: (.max, .max)
      }
    }
  }

  private static func forEachPiece(of text: String, _ body: (Range<String.Index>) -> Void) {
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    while start < scalars.endIndex {
      var end = start
      var kind = Kind(scalars[end])
      // One space belongs to the word after it.
      if kind == .space {
        let next = scalars.index(after: end)
        if next < scalars.endIndex, case let after = Kind(scalars[next]), after == .letter || after == .mark {
          end = next
          kind = after
        }
      }
      let lengths = kind.lengths
      var limit = lengths.first
      while end < scalars.endIndex, Kind(scalars[end]) == kind {
        var length = 0
        while length < limit, end < scalars.endIndex, Kind(scalars[end]) == kind {
          end = scalars.index(after: end)
          length += 1
        }
        // A piece must not cut a character that is made of several scalars.
        while end < scalars.endIndex, scalars[end].properties.isGraphemeExtend || scalars[end] == "\u{200D}" {
          end = scalars.index(after: end)
        }
        body(start..<end)
        start = end
        limit = lengths.later
      }
    }
  }
}
