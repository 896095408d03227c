/// Numbers on either side of their constraints.
enum NumberVariants {
  static func refused(_ type: TypeUse) -> [Variant] {
    switch type {
    case .integer(let constraints):
      var variants = [Variant(code: "type", note: " (a fraction)", value: .number("1.5"))]
      if let bound = constraints.minimum, bound > .min {
        variants.append(Variant(code: "minimum", value: .integer(bound - 1)))
      }
      if let bound = constraints.maximum, bound < .max {
        variants.append(Variant(code: "maximum", value: .integer(bound + 1)))
      }
      if let divisor = constraints.multipleOf, divisor > 1 {
        variants.append(
          Variant(code: "multiple-of", value: .integer((constraints.minimum ?? 0) / divisor * divisor + 1)))
      }
      return variants
    case .number(let constraints):
      var variants: [Variant] = []
      func add(_ code: String, _ bound: Double?, by difference: Double) {
        guard let bound else { return }
        variants.append(Variant(code: code, value: .number(DocumentValue.plain(bound + difference))))
      }
      add("minimum", constraints.minimum, by: -0.5)
      add("maximum", constraints.maximum, by: 0.5)
      add("exclusive-minimum", constraints.exclusiveMinimum, by: 0)
      add("exclusive-maximum", constraints.exclusiveMaximum, by: 0)
      if let divisor = constraints.multipleOf { add("multiple-of", constraints.minimum ?? 0, by: divisor / 2) }
      return variants
    case .literal(let values): return refused(values)
    default: return []
    }
  }

  /// A number that is not listed, or the other boolean.
  private static func refused(_ values: [DocumentValue]) -> [Variant] {
    let code = values.count == 1 ? "const" : "enum"
    switch LiteralType(values) {
    case .integer, .number:
      let greatest = values.compactMap(\.double).max() ?? 0
      return [Variant(code: code, value: .number(DocumentValue.plain(greatest + 1)))]
    case .boolean where values.count == 1:
      return [Variant(code: code, value: .boolean(values[0] == .boolean(false)))]
    default: return []
    }
  }

  /// The least and the greatest value.
  static func bounds(_ type: TypeUse) -> [Variant] {
    var variants: [Variant] = []
    switch type {
    case .integer(let constraints) where constraints.multipleOf == nil:
      if let bound = constraints.minimum { variants.append(Variant(code: "the least", value: .integer(bound))) }
      if let bound = constraints.maximum { variants.append(Variant(code: "the greatest", value: .integer(bound))) }
    case .number(let constraints) where constraints.multipleOf == nil:
      if let bound = constraints.minimum {
        variants.append(Variant(code: "the least", value: .number(DocumentValue.plain(bound))))
      }
      if let bound = constraints.maximum {
        variants.append(Variant(code: "the greatest", value: .number(DocumentValue.plain(bound))))
      }
    default: break
    }
    return variants
  }
}
