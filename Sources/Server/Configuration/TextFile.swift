#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Small text files, read and written whole.
enum TextFile {
  /// Why a file could not be read or written, in the system's words.
  struct Failure: Error, CustomStringConvertible {
    let description: String

    static var last: Failure { Failure(description: String(cString: strerror(errno))) }
  }

  /// The text of a file; nil when there is none.
  static func read(_ path: String) throws(Failure) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw .last
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { break }
      guard count > 0 else { throw .last }
      bytes += buffer[..<count]
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Failure(description: "it is not UTF-8") }
    return text
  }

  /// Makes a file that does not exist yet.
  static func create(_ path: String, _ text: String, mode: mode_t) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count else { throw .last }
  }
}
