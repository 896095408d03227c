/// A type whose `Codable` follows what its JSON is: other coders read and write what the JSON reader and writer do.
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
