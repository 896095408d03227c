/// What the tokens of each model cost, in one currency.
///
/// A name stands for its dated versions too: a price of `gpt-4o` holds for `gpt-4o-2024-08-06`, which is what the
/// provider calls the model that was asked for as `gpt-4o`, and not for `gpt-4o-mini`.
public struct PriceTable: Sendable, Hashable {
  /// Millionths of the currency for a million tokens.
  public struct Price: Sendable, Hashable {
    public var prompt: Int
    public var completion: Int

    public init(prompt: Int, completion: Int) {
      self.prompt = prompt
      self.completion = completion
    }
  }

  private var prices: [String: Price]

  /// - Parameter prices: By the name of the model.
  public init(_ prices: [String: Price] = [:]) {
    self.prices = prices
  }

  /// Reads `gpt-4o=2.5/10,gpt-4o-mini=0.15/0.6`: for each model the price of a million tokens of the prompt, and of a
  /// million of the completion, with at most six decimals.
  ///
  /// - Throws: `invalidConfiguration`, whose detail is a sentence that names the part and says what to write.
  public init(_ text: String) throws(AIError) {
    prices = [:]
    for part in text.split(separator: ",").map(\.trimmed) where !part.isEmpty {
      guard let sign = part.firstIndex(of: "="), case let name = part[..<sign].trimmed, !name.isEmpty,
        let price = Price(part[part.index(after: sign)...])
      else {
        throw AIError(
          .invalidConfiguration,
          "\"\(part)\" is not a price (MODEL=PROMPT/COMPLETION for a million tokens each, such as gpt-4o=2.5/10)")
      }
      guard prices.updateValue(price, forKey: name) == nil else {
        throw AIError(.invalidConfiguration, "\"\(name)\" has two prices")
      }
    }
  }

  /// What an attempt costs in millionths of the currency, rounded to the nearest; 0 for a model without a price.
  public func cost(of tokens: TokenCount, model: String) -> Int {
    guard let price = price(of: model) else { return 0 }
    let product = Int128(tokens.prompt) * Int128(price.prompt) + Int128(tokens.completion) * Int128(price.completion)
    return Int(clamping: (product + 500_000) / 1_000_000)
  }

  private func price(of model: String) -> Price? {
    if let price = prices[model] { return price }
    var name = model[...]
    while let cut = name.lastIndex(where: { $0 == "-" || $0 == ":" }) {
      guard Self.isVersion(model[cut...]) else { return nil }
      name = model[..<cut]
      if let price = prices[String(name)] { return price }
    }
    return nil
  }

  /// Whether what follows a name tells only which of its versions it is: `-2024-08-06`, `-20250514`, `-0613`, `-latest`
  /// or `:latest`.
  private static func isVersion(_ suffix: Substring) -> Bool {
    if suffix == "-latest" || suffix == ":latest" { return true }
    return suffix.utf8.count > 2 && suffix.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
  }
}

extension PriceTable.Price {
  /// `2.5/10`
  fileprivate init?(_ text: Substring) {
    let sides = text.split(separator: "/", omittingEmptySubsequences: false).map(\.trimmed)
    guard sides.count == 2, let prompt = Self.millionths(sides[0]), let completion = Self.millionths(sides[1])
    else { return nil }
    self.init(prompt: prompt, completion: completion)
  }

  /// A decimal number from 0 to 1,000,000, exactly.
  private static func millionths(_ text: String) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), case let decimals = parts.count == 2 ? parts[1] : "0",
      (1...6).contains(decimals.count), !parts[0].isEmpty,
      (parts[0] + decimals).utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let whole = Int(parts[0]), whole <= 1_000_000,
      let fraction = Int(decimals + String(repeating: "0", count: 6 - decimals.count))
    else { return nil }
    return whole * 1_000_000 + fraction
  }
}
