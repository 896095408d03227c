/// A type whose `Codable` follows what its JSON is: other coders read and write what the JSON reader and writer do.
///
/// What the specification says of a value then holds for every coder, whatever that one was told of keys and dates; and
/// the compiler is spared two synthesized conformances for each type.
public protocol CodableAsJSON: Codable, JSONEncodable, JSONDecodable {}

extension CodableAsJSON {
  public init(from decoder: any Decoder) throws {
    let json = try JSONValue(from: decoder)
    do throws(JSONReadError) {
      self = try JSONReader.read(from: JSONWriter.write(json))
    } catch {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\(error)", underlyingError: error))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    let json = try JSONReader.read(JSONValue.self, from: JSONWriter.write(self))
    try json.encode(to: encoder)
  }
}
