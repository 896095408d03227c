/// The files that a specification is made of, in the order in which they were read; the first is the one that was named.
package struct SourceFiles: Sendable {
  package private(set) var files: [SourceFile]

  package init(path: String, bytes: [UInt8]) {
    files = [SourceFile(path: path, bytes: bytes)]
  }

  /// The index of the added file, which is the `file` of its places.
  mutating func add(_ file: SourceFile) -> Int {
    files.append(file)
    return files.count - 1
  }

  /// The file of a place.
  subscript(_ index: Int) -> SourceFile { files[index] }
}

/// One file, with its path as it is printed.
package struct SourceFile: Sendable {
  package let path: String
  package let bytes: [UInt8]
  /// Where lines begin: they end as libyaml ends them, with LF, CR, CR LF, NEL, LS or PS.
  private let starts: [Int]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    var starts = [0]
    for index in bytes.indices where Self.endsLine(bytes, index) { starts.append(index + 1) }
    self.starts = starts
  }

  private static func endsLine(_ bytes: [UInt8], _ index: Int) -> Bool {
    switch bytes[index] {
    case 0x0A: true
    case 0x0D: index + 1 == bytes.count || bytes[index + 1] != 0x0A
    case 0x85: index >= 1 && bytes[index - 1] == 0xC2
    case 0xA8, 0xA9: index >= 2 && bytes[index - 1] == 0x80 && bytes[index - 2] == 0xE2
    default: false
    }
  }

  /// The scalars of a line, counted from 1; nil when there is none.
  func line(_ number: Int) -> [Unicode.Scalar]? {
    guard starts.indices.contains(number - 1) else { return nil }
    let end = starts.indices.contains(number) ? starts[number] : bytes.count
    let scalars = String(decoding: bytes[starts[number - 1]..<end], as: UTF8.self).unicodeScalars
    return Array(scalars.filter { !["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains($0) })
  }
}
