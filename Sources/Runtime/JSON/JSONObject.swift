/// The members of a JSON object in their order.
public struct JSONObject: Sendable {
  public struct Member: Sendable {
    public var name: String
    public var value: JSONValue
  }

  /// In the order written; no name twice.
  public private(set) var members: [Member] = []

  public init() {}

  /// An object of pairs; a later one with the same name replaces an earlier one.
  public init(_ pairs: [(String, JSONValue)]) {
    for (name, value) in pairs { self[name] = value }
  }

  /// The value of a member; nil removes it.
  public subscript(name: String) -> JSONValue? {
    get { members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value }
    set {
      let index = members.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(name: name, value: value))
      case (nil, nil): break
      }
    }
  }

  /// Adds a member that is known to be new.
  mutating func append(_ name: String, _ value: JSONValue) {
    members.append(Member(name: name, value: value))
  }
}

extension JSONObject: Hashable {
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members.count == right.members.count && Set(left.members) == Set(right.members)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(Set(members))
  }
}

/// Names are equal when their characters are: no two spellings of one accent are the same here.
extension JSONObject.Member: Hashable {
  public static func == (left: JSONObject.Member, right: JSONObject.Member) -> Bool {
    left.name.utf8.elementsEqual(right.name.utf8) && left.value == right.value
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(value)
  }
}
