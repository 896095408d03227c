#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `write(2)`, under a name that no method hides.
private let writeBytes: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = { write($0, $1, $2) }

/// A file that cannot be read or written.
struct FileError: Error {
  var message: String

  /// With the reason that the system gave last.
  init(_ what: String) {
    message = "\(what): \(String(cString: strerror(errno)))"
  }
}

/// Files by the C library: the tool builds fast without Foundation.
enum File {
  static func read(_ path: String) throws(FileError) -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw FileError("cannot read \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      bytes.append(contentsOf: buffer.prefix(count))
      if count < buffer.count { break }
    }
    if ferror(file) != 0 { throw FileError("cannot read \(path)") }
    return bytes
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// A path from the root, without links.
  static func absolute(_ path: String) throws(FileError) -> String {
    guard let absolute = realpath(path, nil) else { throw FileError("cannot find \(path)") }
    defer { free(absolute) }
    return String(cString: absolute)
  }

  /// The names in a folder; none when it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder.isEmpty ? "/" : folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  /// Writes the file, unless it already says the same.
  static func write(_ text: String, to path: String) throws(FileError) {
    let bytes = Array(text.utf8)
    if let old = try? read(path), old.count == bytes.count, memcmp(old, bytes, bytes.count) == 0 { return }
    // By way of another file, so that a half-written source is never compiled.
    let partial = path + ".partial"
    guard let file = fopen(partial, "wb") else { throw FileError("cannot write \(partial)") }
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count else { throw FileError("cannot write \(partial)") }
    guard rename(partial, path) == 0 else { throw FileError("cannot write \(path)") }
  }

  /// Makes the directory and those above it; one that exists is fine.
  static func makeDirectory(_ path: String) throws(FileError) {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      made += "/" + part
      if mkdir(made, 0o755) != 0 && errno != EEXIST { throw FileError("cannot make the directory \(made)") }
    }
  }

  static func writeToStandardOutput(_ text: String) {
    write(text, toDescriptor: 1)
  }

  static func writeToStandardError(_ text: String) {
    write(text, toDescriptor: 2)
  }

  /// Nobody can be told when the terminal is gone, so that failure ends the writing.
  private static func write(_ text: String, toDescriptor descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { writeBytes(descriptor, $0.baseAddress, $0.count) }
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
  }
}
