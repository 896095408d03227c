/// How the link stage comes to the other files of a specification: the stages themselves touch no disk.
package struct FileAccess {
  /// The bytes of a file; nil when there is none.
  var read: (String) -> [UInt8]?
  /// The names in a folder, to say which one may have been meant.
  var names: (String) -> [String]
  /// The folder that holds every file besides the first; nil when they may lie anywhere. A build watches this folder
  /// only.
  var folder: String?

  package init(
    read: @escaping (String) -> [UInt8]?, names: @escaping (String) -> [String], within folder: String? = nil
  ) {
    self.read = read
    self.names = names
    self.folder = folder
  }

  /// No file but the first.
  package static var none: FileAccess { FileAccess(read: { _ in nil }, names: { _ in [] }) }

  /// Whether a file may be part of the specification.
  func admits(_ path: String) -> Bool {
    guard let folder else { return true }
    return path.hasPrefix(URIReference.normalized(folder + "/"))
  }
}
