import FoundationEssentials
import TestSupport

/// Makes texts out of kept ones: cuts, repeats, joins and changes them, and puts in words that the target knows.
struct Mutator {
  private let seeds: [[UInt8]]
  private let words: [[UInt8]]
  /// The greatest length of a text.
  private let limit: Int

  /// - Parameter folder: the kept texts, a file each; `words` among them has a word a line.
  init(folder: String, limit: Int) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    seeds = try names.filter { $0 != "words" }.map { [UInt8](try Self.read(folder + "/" + $0)) }
    words = try Self.read(folder + "/words").split(separator: 10).map { [UInt8]($0) } + Self.anywhere
    self.limit = limit
  }

  private static func read(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else { throw CocoaError(.fileReadNoSuchFile) }
    return [UInt8](data)
  }

  /// What breaks texts of any kind.
  private static let anywhere: [[UInt8]] = [
    [0], [0xFF], [0xC3], [0xE2, 0x80], [0xF0, 0x9F, 0x98, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [10],
    [13, 10],
    [9], [0x5C], [0x22],
  ]

  /// The text of a number; the same for the same number.
  func text(_ number: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: number)
    // The kept texts themselves come first.
    if number < UInt64(seeds.count) { return seeds[Int(number)] }
    var text = seeds[random.below(seeds.count)]
    for _ in 0...random.below(6) { change(&text, &random) }
    if text.count > limit { text.removeSubrange(limit...) }
    return text
  }

  private func change(_ text: inout [UInt8], _ random: inout SplitMix64) {
    let place = random.below(text.count + 1)
    let piece = place..<min(text.count, place + 1 + random.below(16))
    switch random.below(9) {
    case 0: text.removeSubrange(piece)
    case 1: text.insert(contentsOf: text[piece], at: random.below(text.count + 1))
    case 2: text.insert(contentsOf: words[random.below(words.count)], at: place)
    case 3: text.replaceSubrange(piece, with: words[random.below(words.count)])
    case 4 where !piece.isEmpty: text[place] = UInt8(truncatingIfNeeded: random.next())
    case 5 where !piece.isEmpty: text[place] ^= 1 << UInt8(random.below(8))
    case 6: text.removeSubrange(place...)
    case 7:
      let other = seeds[random.below(seeds.count)]
      let start = random.below(other.count + 1)
      text.insert(contentsOf: other[start..<min(other.count, start + 1 + random.below(40))], at: place)
    default:
      let count = 1 + random.below(8)
      for _ in 0..<count { text.insert(contentsOf: text[piece], at: min(place, text.count)) }
    }
  }
}

extension SplitMix64 {
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
