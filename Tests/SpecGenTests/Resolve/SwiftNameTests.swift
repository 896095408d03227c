import Testing

@testable import SpecGenCore

@Suite struct SwiftNameTests {
  @Test(
    "A name of the wire becomes a Swift name",
    arguments: [
      ("conversation_id", "conversationID", "ConversationID"), ("id", "id", "ID"), ("url", "url", "URL"),
      ("avatar_url", "avatarURL", "AvatarURL"), ("Idempotency-Key", "idempotencyKey", "IdempotencyKey"),
      ("X-Request-Id", "xRequestID", "XRequestID"), ("WWW-Authenticate", "wwwAuthenticate", "WWWAuthenticate"),
      ("signUp", "signUp", "SignUp"), ("MessagePage", "messagePage", "MessagePage"),
      ("HTTPServer", "httpServer", "HTTPServer"), ("username-taken", "usernameTaken", "UsernameTaken"),
      ("USER_NAME", "userName", "UserName"), ("2fa", "_2fa", "_2fa"), ("in progress", "inProgress", "InProgress"),
      ("default", "default", "Default"), ("last_event_ids", "lastEventIDs", "LastEventIDs"),
      ("größe_in_px", "größeInPx", "GrößeInPx"), ("a1_b2", "a1B2", "A1B2"),
    ])
  func names(_ wire: String, _ lower: String, _ upper: String) {
    #expect(SwiftName.lowerCamel(wire) == lower)
    #expect(SwiftName.upperCamel(wire) == upper)
  }

  @Test("A name without letters makes none", arguments: ["", "-", "+1-"])
  func none(_ wire: String) {
    #expect(SwiftName.lowerCamel(wire) == (wire == "+1-" ? "_1" : nil))
  }
}
