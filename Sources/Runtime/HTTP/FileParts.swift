/// What the specification says of a file of a form.
public struct FileConstraints: Sendable {
  /// How many parts the file may be: more than one where it is an array.
  public var minItems: Int
  public var maxItems: Int
  /// The greatest length of one, in bytes.
  public var maxBytes: Int
  /// Media ranges such as `image/*`; any when there are none.
  public var mediaTypes: [String]

  public init(minItems: Int = 0, maxItems: Int = 1, maxBytes: Int = .max, mediaTypes: [String] = []) {
    self.minItems = minItems
    self.maxItems = maxItems
    self.maxBytes = maxBytes
    self.mediaTypes = mediaTypes
  }
}

/// The names of a form's files.
public protocol FormFileName: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {
  /// What the specification says of the file.
  var constraints: FileConstraints { get }
}

/// The files of a `multipart/form-data` body (RFC 7578), in the order in which they arrive.
///
/// The fields of the form come before its files and have been read; the files come while they are asked for. A file that
/// was not read to its end is passed over when the next one is asked for. The sequence is read once. It ends by throwing
/// the ``Problem`` of a form that lacks a file, has too many, or has a field behind a file (422), so read it to its end
/// before what it brings is kept for good.
public struct FileParts<Name: FormFileName>: AsyncSequence, Sendable {
  public typealias Element = FilePart<Name>

  let stream: MultipartStream

  public func makeAsyncIterator() -> Iterator { Iterator(stream: stream) }

  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let stream: MultipartStream
    private var counts: [Name: Int] = [:]

    fileprivate init(stream: MultipartStream) {
      self.stream = stream
    }

    /// The next file; nil behind the last one.
    ///
    /// - Throws: a ``Problem``: 400, 422.
    public mutating func next() async throws -> FilePart<Name>? {
      guard let head = try await stream.nextPart() else {
        try refuseMissing()
        return nil
      }
      guard let name = Name(rawValue: head.name) else {
        throw Problem.invalidFile(head.name, "order", "Must stand before the files.")
      }
      let constraints = name.constraints
      counts[name, default: 0] += 1
      guard counts[name, default: 0] <= constraints.maxItems else {
        throw constraints.maxItems == 1
          ? Problem.invalidFile(head.name, "duplicate-member", "Must occur once.")
          : Problem.invalidFile(head.name, "max-items", "Must have at most \(constraints.maxItems) files.")
      }
      let mediaType = head.contentType ?? "application/octet-stream"
      if !constraints.mediaTypes.isEmpty {
        let sent = MediaType(mediaType)
        guard
          constraints.mediaTypes.contains(where: { range in sent.flatMap { MediaType(range)?.includes($0) } ?? false })
        else {
          throw Problem.invalidFile(
            head.name, "media-type", "Must be \(constraints.mediaTypes.joined(separator: " or ")), not \(mediaType).")
        }
      }
      return FilePart(
        name: name, filename: head.filename, contentType: mediaType,
        body: await stream.body(upTo: constraints.maxBytes, contentType: mediaType))
    }

    private func refuseMissing() throws {
      for name in Name.allCases where counts[name, default: 0] < name.constraints.minItems {
        let count = counts[name, default: 0]
        throw count == 0
          ? Problem.invalidFile(name.rawValue, "required", "Is required.")
          : Problem.invalidFile(
            name.rawValue, "min-items", "Must have at least \(name.constraints.minItems) files, has \(count).")
      }
    }
  }
}

/// A file of a form.
public struct FilePart<Name: FormFileName>: Sendable {
  /// Which of the form's files it is.
  public let name: Name
  /// What the client calls it; never a path to write to.
  public let filename: String?
  /// What the client says that it is.
  public let contentType: String
  /// Its bytes, until the next file is asked for.
  public let body: RequestBody
}
