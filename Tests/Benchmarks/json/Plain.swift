import Foundation

/// The same documents as people write them for Foundation's coders: structs whose `Codable` the compiler makes.
///
/// Times stay text, which spares Foundation its strategies for dates; ours are read.
enum Plain {
  struct History: Codable, Equatable {
    var items: [Message]
    var nextCursor: String?

    enum CodingKeys: String, CodingKey {
      case items
      case nextCursor = "next_cursor"
    }
  }

  struct Message: Codable, Equatable {
    var id: UUID
    var conversationID: UUID
    var parentID: UUID?
    var role: Role
    var content: String
    var attachments: [String]
    var status: Status
    var finishReason: String?
    var model: String?
    var createdAt: String

    enum CodingKeys: String, CodingKey {
      case id, role, content, attachments, status, model
      case conversationID = "conversation_id"
      case parentID = "parent_id"
      case finishReason = "finish_reason"
      case createdAt = "created_at"
    }
  }

  enum Role: String, Codable { case system, user, assistant }
  enum Status: String, Codable { case streaming, complete, interrupted, failed }

  struct Catalog: Codable, Equatable {
    var areaNames: [String: String]
    var events: [String: Event]
    var performances: [Performance]
    var seatCategoryNames: [String: String]
    var topicSubTopics: [String: [Int]]
    var venueNames: [String: String]
  }

  struct Event: Codable, Equatable {
    var id: Int
    var name: String
    var description: String?
    var logo: String?
    var subTopicIds: [Int]
    var topicIds: [Int]
  }

  struct Performance: Codable, Equatable {
    var eventId: Int
    var id: Int
    var logo: String?
    var name: String?
    var prices: [Price]
    var seatCategories: [SeatCategory]
    var seatMapImage: String?
    var start: Int
    var venueCode: String
  }

  struct Price: Codable, Equatable {
    var amount: Int
    var audienceSubCategoryId: Int
    var seatCategoryId: Int
  }

  struct SeatCategory: Codable, Equatable {
    var areas: [Area]
    var seatCategoryId: Int
  }

  struct Area: Codable, Equatable {
    var areaId: Int
    var blockIds: [Int]
  }
}
