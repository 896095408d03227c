/// The Swift type of a value that `const` or `enum` lists.
enum LiteralType: Equatable {
  case integer, number, boolean
  /// Null, arrays, objects and values of several types.
  case any

  init(_ values: [DocumentValue]) {
    if values.allSatisfy({ $0.isOf(type: "boolean") }) {
      self = .boolean
    } else if values.allSatisfy({ if case .integer = $0 { true } else { false } }) {
      self = .integer
    } else if values.allSatisfy({ $0.isOf(type: "number") }) {
      self = .number
    } else {
      self = .any
    }
  }
}
