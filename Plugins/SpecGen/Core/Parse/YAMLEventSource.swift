import CLibYAML

/// libyaml's parser over bytes that are known to be UTF-8. It owns the C parser and the bytes, and frees both.
struct YAMLEventSource: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let file: Int

  /// Throws when memory is short. `file` is that of all places.
  init(_ bytes: [UInt8], file: Int) throws(Diagnostic) {
    self.file = file
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      throw Diagnostic(
        .invalidYAML, at: Place(line: 1, column: 1, file: file),
        "there is not enough memory to read the file")
    }
    input = .allocate(capacity: max(1, bytes.count))
    _ = input.initialize(from: bytes)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  /// The next event; after an error or the end of the stream there is none.
  mutating func next() throws(Diagnostic) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { yaml_event_delete(&event) }
    return YAMLEvent(
      kind: kind(of: event), place: Place(event.start_mark.position, event.end_mark.position, file: file))
  }

  private func kind(of event: yaml_event_t) -> YAMLEvent.Kind {
    // Each is compared with those before it: the most frequent ones stand first.
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = scalar.value.map { UnsafeBufferPointer(start: $0, count: scalar.length) }
      let style: YAMLScalar.Style =
        switch scalar.style {
        case YAML_PLAIN_SCALAR_STYLE: .plain
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
      return .scalar(
        text.map { String(decoding: $0, as: UTF8.self) } ?? "", style,
        YAMLProperties(anchor: copy(scalar.anchor), tag: copy(scalar.tag)))
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      return .mappingStart(YAMLProperties(anchor: copy(start.anchor), tag: copy(start.tag)))
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      return .sequenceStart(YAMLProperties(anchor: copy(start.anchor), tag: copy(start.tag)))
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_ALIAS_EVENT: return .alias(copy(event.data.alias.anchor) ?? "")
    case YAML_STREAM_START_EVENT: return .streamStart
    default: return .streamEnd  // libyaml answers with an empty event after the end
    }
  }

  private func copy(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    text.map { String(cString: $0) }
  }

  /// libyaml's own words, with its place and the context that it was in.
  private func failure() -> Diagnostic {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "the text is not YAML"
    if parser.pointee.error == YAML_READER_ERROR {
      return Diagnostic(
        .invalidYAML, at: place(ofByte: parser.pointee.problem_offset),
        "\(problem): YAML allows no such character here; write it as an escape in a double-quoted string")
    }
    let position = parser.pointee.problem_mark.position
    let place = Place(line: position.line, column: position.column, file: file)
    guard let context = parser.pointee.context.map({ String(cString: $0) }) else {
      return Diagnostic(.invalidYAML, at: place, "\(problem); the file is not YAML from here on")
    }
    let began = parser.pointee.context_mark.position
    return Diagnostic(
      .invalidYAML, at: place, "\(problem) (\(context)); the file is not YAML from here on",
      notes: began == position
        ? [] : [.init(place: Place(line: began.line, column: began.column, file: file), message: context)])
  }

  private func place(ofByte offset: Int) -> Place {
    let before = input.prefix(offset)
    let lineStart = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
    let column = before[min(lineStart, before.endIndex)...].count { $0 & 0xC0 != 0x80 }
    return Place(line: 1 + before.count { $0 == 10 }, column: 1 + column, file: file)
  }
}

extension yaml_mark_t {
  fileprivate var position: Position { Position(line: Int(line) + 1, column: Int(column) + 1) }
}
