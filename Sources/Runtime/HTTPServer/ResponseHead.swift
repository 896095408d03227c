import HTTP
import HTTPTypes
import NIOHTTP1

extension HTTPResponseHead {
  /// The head of a response with the fields that every response has.
  ///
  /// A `HEAD` response names the length that `GET` would have had; 1xx, 204 and 304 name none (RFC 9110 §8.6).
  init(_ response: Response, requestID: String, isHTTP10: Bool, keepAlive: Bool) {
    var headers = HTTPHeaders()
    headers.reserveCapacity(response.headers.count + 5)
    for field in response.headers { headers.add(name: field.name.rawName, value: field.value) }
    headers.replaceOrAdd(name: "X-Request-Id", value: requestID)
    headers.replaceOrAdd(name: "X-Content-Type-Options", value: "nosniff")
    if response.headers[.date] == nil { headers.add(name: "Date", value: HTTPDate.now()) }
    switch response.body {
    case .empty where response.status.allowsContent:
      if response.headers[.contentLength] == nil { headers.add(name: "Content-Length", value: "0") }
    case .bytes(let bytes) where response.status.allowsContent:
      headers.replaceOrAdd(name: "Content-Length", value: String(bytes.count))
    case .empty, .bytes: headers.remove(name: "Content-Length")
    case .stream: break
    }
    if !keepAlive {
      headers.replaceOrAdd(name: "Connection", value: "close")
    } else if isHTTP10 {
      headers.replaceOrAdd(name: "Connection", value: "keep-alive")
    }
    self.init(
      version: isHTTP10 ? .http1_0 : .http1_1,
      status: HTTPResponseStatus(statusCode: response.status.code, reasonPhrase: response.status.reasonPhrase),
      headers: headers)
  }
}

extension HTTPResponse.Status {
  /// Whether a response of this status has content (RFC 9110 §6.4.1).
  var allowsContent: Bool {
    switch code {
    case 100..<200, 204, 304: false
    default: true
    }
  }
}

extension Response {
  /// The head of this response as an exchange wants it.
  func head(for exchange: Exchange, keepAlive: Bool) -> HTTPResponseHead {
    HTTPResponseHead(self, requestID: exchange.id, isHTTP10: exchange.isHTTP10, keepAlive: keepAlive)
  }
}
