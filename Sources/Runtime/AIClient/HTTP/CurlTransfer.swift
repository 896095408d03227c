import CLibcurl
import EventLoop
import Glibc

/// One request that curl works on. Lives on the event loop's thread only, in `CurlMulti`.
final class CurlTransfer {
  let easy: UnsafeMutableRawPointer
  let limits: HTTPLimits
  private let continuation: AsyncStream<Result<HTTPEvent, AIError>>.Continuation
  private var headers: UnsafeMutablePointer<curl_slist>?
  /// Where curl writes what went wrong.
  private let message: UnsafeMutablePointer<CChar>

  /// The request's body, and how much of it curl has taken.
  private let body: [UInt8]
  private var bodyPosition = 0
  private var head: HTTPHead?
  private var receivedBytes = 0
  /// Why the transfer is ended by us, which curl reports as a failure to write.
  private var refusal: AIError?
  /// Moved by each byte of the body, watched by `CurlMulti`.
  private(set) var lastActivity = ContinuousClock.now
  private(set) var hasFirstByte = false
  var watch: Timer?
  /// Whether nobody reads on.
  var isLetGo = false

  /// - Throws: `invalidConfiguration` where curl has no memory or not the features asked for.
  init(
    _ call: HTTPCall, continuation: AsyncStream<Result<HTTPEvent, AIError>>.Continuation
  ) throws(AIError) {
    guard let easy = curl_easy_init() else { throw AIError(.invalidConfiguration, "curl_easy_init") }
    self.easy = easy
    self.limits = call.limits
    self.body = call.body
    self.continuation = continuation
    message = .allocate(capacity: Int(CURL_ERROR_SIZE))
    message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    configure(call)
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(headers)
    message.deallocate()
  }

  private func configure(_ call: HTTPCall) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    parley_easy_set_string(easy, CURLOPT_URL, call.url)
    // Neither files nor mail, and no redirect: a redirect would take the API key elsewhere.
    parley_easy_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
    parley_easy_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
    parley_easy_set_long(easy, CURLOPT_NOSIGNAL, 1)
    // Otherwise ending a request whose name is being looked up waits for the resolver, and all other requests with it.
    parley_easy_set_long(easy, CURLOPT_QUICK_EXIT, 1)
    parley_easy_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
    parley_easy_set_string(easy, CURLOPT_USERAGENT, "parley")
    parley_easy_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, call.limits.connect.wholeMilliseconds)
    parley_easy_set_long(easy, CURLOPT_TIMEOUT_MS, call.limits.total.wholeMilliseconds)
    parley_easy_set_pointer(easy, CURLOPT_ERRORBUFFER, message)
    if call.method == .post {
      parley_easy_set_long(easy, CURLOPT_POST, 1)
      parley_easy_set_long(easy, CURLOPT_POSTFIELDSIZE, body.count)
      // curl sends a request again by itself when a connection that it used before dies without an answer, though the
      // server may have read the request and charged for it. It cannot where it cannot rewind the body: so it gets the
      // body from a function, and none to rewind. Connections are still used again.
      parley_easy_set_pointer(easy, CURLOPT_READDATA, context)
      parley_easy_set_writer(easy, CURLOPT_READFUNCTION) { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        // `CurlMulti` holds the transfer for as long as curl has its handle.
        return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue().fill(bytes, size * count)
      }
    }
    for header in call.headers {
      headers = curl_slist_append(headers, "\(header.name): \(header.value)")
    }
    headers = curl_slist_append(headers, "Expect:")
    parley_easy_set_pointer(easy, CURLOPT_HTTPHEADER, headers)
    parley_easy_set_pointer(easy, CURLOPT_HEADERDATA, context)
    parley_easy_set_writer(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      CurlTransfer.receive(bytes, size * count, context) { $0.receiveHeader($1) }
    }
    parley_easy_set_pointer(easy, CURLOPT_WRITEDATA, context)
    parley_easy_set_writer(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      CurlTransfer.receive(bytes, size * count, context) { $0.receiveBody($1) }
    }
  }

  /// Hands curl's bytes to a transfer; another number than `count` makes curl end it.
  private static func receive(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    _ body: (CurlTransfer, [UInt8]) -> Bool
  ) -> Int {
    guard let bytes, let context else { return 0 }
    // `CurlMulti` holds the transfer for as long as curl has its handle.
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    let copy = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      if let start = buffer.baseAddress { memcpy(start, bytes, count) }
      filled = count
    }
    return body(transfer, copy) ? count : 0
  }

  /// Gives curl the next bytes of the body.
  private func fill(_ bytes: UnsafeMutablePointer<CChar>, _ capacity: Int) -> Int {
    let count = min(capacity, body.count - bodyPosition)
    body.withUnsafeBufferPointer { body in
      if let start = body.baseAddress, count > 0 { memcpy(bytes, start + bodyPosition, count) }
    }
    bodyPosition += count
    return count
  }

  private func receiveHeader(_ line: [UInt8]) -> Bool {
    guard hasRoom(for: line.count) else { return false }
    let line = String(decoding: line, as: UTF8.self).trimmed
    if line.hasPrefix("HTTP/") {
      // An interim response (1xx) may come before the real one.
      head = HTTPHead(status: 0, headers: [:])
    } else if let colon = line.firstIndex(of: ":") {
      head?.headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmed
    } else if line.isEmpty, var head {
      head.status = parley_easy_get_long(easy, CURLINFO_RESPONSE_CODE)
      if head.status >= 200 { continuation.yield(.success(.head(head))) }
    }
    return true
  }

  private func receiveBody(_ bytes: [UInt8]) -> Bool {
    guard hasRoom(for: bytes.count) else { return false }
    hasFirstByte = true
    lastActivity = .now
    continuation.yield(.success(.body(bytes)))
    return true
  }

  private func hasRoom(for count: Int) -> Bool {
    receivedBytes += count
    if receivedBytes <= limits.bytes { return true }
    refusal = AIError(.tooLarge, "more than \(limits.bytes) bytes")
    return false
  }

  /// Tells the reader that the response is over.
  func finish(_ result: CURLcode) {
    watch?.cancel()
    if result != CURLE_OK {
      let error =
        refusal
        ?? AIError(
          curl: result, errno: parley_easy_get_long(easy, CURLINFO_OS_ERRNO),
          wasSent: parley_easy_get_long(easy, CURLINFO_REQUEST_SIZE) > 0, text)
      continuation.yield(.failure(error))
    }
    continuation.finish()
  }

  func fail(_ error: AIError) {
    watch?.cancel()
    continuation.yield(.failure(error))
    continuation.finish()
  }

  private var text: String { String(cString: message) }
}

extension AIError {
  /// - Parameter wasSent: whether anything of the request was.
  init(curl result: CURLcode, errno: Int, wasSent: Bool, _ text: String) {
    let code: Code =
      switch result {
      case CURLE_OPERATION_TIMEDOUT: wasSent ? .timeout : .unreachable
      case CURLE_COULDNT_CONNECT where errno == Int(ECONNREFUSED): .refused
      case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR,
        CURLE_SEND_FAIL_REWIND, CURLE_HTTP2, CURLE_HTTP2_STREAM:
        .interrupted
      case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: .invalidResponse
      case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .invalidConfiguration
      default: .unreachable
      }
    self.init(code, "curl \(result.rawValue): \(text)")
  }
}
