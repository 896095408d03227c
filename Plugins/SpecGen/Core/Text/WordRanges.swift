/// Where the words of a name stand: between what is no letter or digit, and from the capitals on that begin one, as in
/// `operationId` and `HTTPServer`. It is given a letter after the other.
struct WordRanges {
  private(set) var ranges: [Range<Int>] = []
  /// Whether the name has capitals only: none of them begins a word.
  private let isShouting: Bool
  private var start = 0
  private var end = 0
  private var last = Sign.other

  enum Sign {
    case capital, small
    /// Digits, and letters of scripts that have one case.
    case caseless
    case other

    init(ascii byte: UInt8) {
      if byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") {
        self = .small
      } else if byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") {
        self = .capital
      } else {
        self = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? .caseless : .other
      }
    }

    init(_ letter: Character) {
      if !letter.isLetter && !letter.isNumber {
        self = .other
      } else {
        self = letter.isLowercase ? .small : letter.isUppercase ? .capital : .caseless
      }
    }
  }

  init(isShouting: Bool) {
    self.isShouting = isShouting
  }

  mutating func read(_ sign: Sign) {
    switch sign {
    case .other:
      cut(at: end)
      start = end + 1
    case .capital: if !isShouting && (last == .small || last == .caseless) { cut(at: end) }
    // Of the capitals before it the last one is the first letter of its word.
    case .small: if last == .capital { cut(at: end - 1) }
    case .caseless: break
    }
    last = sign
    end += 1
  }

  mutating func finish() { cut(at: end) }

  private mutating func cut(at index: Int) {
    if index <= start { return }
    ranges.append(start..<index)
    start = index
  }
}
