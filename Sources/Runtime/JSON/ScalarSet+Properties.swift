extension ScalarSet {
  /// The characters with a property, by its name in ECMA-262 §22.2.1.9; nil for one that is unknown here.
  init?(property name: String) {
    let parts = name.split(separator: "=", omittingEmptySubsequences: false)
    if parts.count == 2, parts[0] == "General_Category" || parts[0] == "gc" {
      guard let set = ScalarSet(category: String(parts[1])) else { return nil }
      self = set
    } else if let set = ScalarSet(category: name) {
      self = set
    } else if let isMember = ScalarSet.properties[name] {
      self = ScalarSet(where: isMember)
    } else {
      return nil
    }
  }

  private init?(category name: String) {
    guard let categories = ScalarSet.categories[name] else { return nil }
    self = ScalarSet(ScalarSet.runs.filter { categories.contains($0.category) }.map(\.range))
  }

  private init(where isMember: (Unicode.Scalar.Properties) -> Bool) {
    var ranges: [ClosedRange<UInt32>] = []
    var start: UInt32?
    for value in UInt32(0)...0x110000 {
      let isIn = Unicode.Scalar(value).map { isMember($0.properties) } ?? false
      if isIn, start == nil { start = value }
      if !isIn, let first = start {
        ranges.append(first...value - 1)
        start = nil
      }
    }
    self.init(ranges)
  }

  /// Neighbours of the same category.
  private static let runs: [(range: ClosedRange<UInt32>, category: Unicode.GeneralCategory)] = {
    var runs: [(range: ClosedRange<UInt32>, category: Unicode.GeneralCategory)] = []
    var current = (start: UInt32(0), category: Unicode.GeneralCategory.control)
    for value in UInt32(1)...0x10FFFF {
      let category = Unicode.Scalar(value)?.properties.generalCategory ?? .surrogate
      if category == current.category { continue }
      runs.append((current.start...value - 1, current.category))
      current = (value, category)
    }
    runs.append((current.start...0x10FFFF, current.category))
    return runs
  }()

  /// The properties that are true or false and that patterns ask for.
  private static let properties: [String: @Sendable (Unicode.Scalar.Properties) -> Bool] = [
    "Alphabetic": { $0.isAlphabetic }, "Alpha": { $0.isAlphabetic }, "Lowercase": { $0.isLowercase },
    "Lower": { $0.isLowercase }, "Uppercase": { $0.isUppercase }, "Upper": { $0.isUppercase },
    "White_Space": { $0.isWhitespace }, "space": { $0.isWhitespace }, "ID_Start": { $0.isIDStart },
    "ID_Continue": { $0.isIDContinue }, "Ideographic": { $0.isIdeographic }, "Emoji": { $0.isEmoji },
    "Emoji_Presentation": { $0.isEmojiPresentation }, "Math": { $0.isMath }, "Dash": { $0.isDash },
    "Hex_Digit": { $0.isHexDigit }, "ASCII_Hex_Digit": { $0.isASCIIHexDigit }, "Any": { _ in true },
  ]

  /// Short and long names of the general categories and of what several are together.
  private static let categories: [String: Set<Unicode.GeneralCategory>] = {
    let single: [(String, String, Unicode.GeneralCategory)] = [
      ("Lu", "Uppercase_Letter", .uppercaseLetter), ("Ll", "Lowercase_Letter", .lowercaseLetter),
      ("Lt", "Titlecase_Letter", .titlecaseLetter), ("Lm", "Modifier_Letter", .modifierLetter),
      ("Lo", "Other_Letter", .otherLetter), ("Mn", "Nonspacing_Mark", .nonspacingMark),
      ("Mc", "Spacing_Mark", .spacingMark), ("Me", "Enclosing_Mark", .enclosingMark),
      ("Nd", "Decimal_Number", .decimalNumber), ("Nl", "Letter_Number", .letterNumber),
      ("No", "Other_Number", .otherNumber), ("Pc", "Connector_Punctuation", .connectorPunctuation),
      ("Pd", "Dash_Punctuation", .dashPunctuation), ("Ps", "Open_Punctuation", .openPunctuation),
      ("Pe", "Close_Punctuation", .closePunctuation), ("Pi", "Initial_Punctuation", .initialPunctuation),
      ("Pf", "Final_Punctuation", .finalPunctuation), ("Po", "Other_Punctuation", .otherPunctuation),
      ("Sm", "Math_Symbol", .mathSymbol), ("Sc", "Currency_Symbol", .currencySymbol),
      ("Sk", "Modifier_Symbol", .modifierSymbol), ("So", "Other_Symbol", .otherSymbol),
      ("Zs", "Space_Separator", .spaceSeparator), ("Zl", "Line_Separator", .lineSeparator),
      ("Zp", "Paragraph_Separator", .paragraphSeparator), ("Cc", "Control", .control), ("Cf", "Format", .format),
      ("Cs", "Surrogate", .surrogate), ("Co", "Private_Use", .privateUse), ("Cn", "Unassigned", .unassigned),
    ]
    let groups = [
      ("L", "Letter"), ("M", "Mark"), ("N", "Number"), ("P", "Punctuation"), ("S", "Symbol"), ("Z", "Separator"),
      ("C", "Other"),
    ]
    var categories: [String: Set<Unicode.GeneralCategory>] = [:]
    for (short, long, category) in single {
      categories[short] = [category]
      categories[long] = [category]
    }
    for (short, long) in groups {
      let members = Set(single.filter { $0.0.hasPrefix(short) }.map(\.2))
      categories[short] = members
      categories[long] = members
    }
    categories["LC"] = [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter]
    categories["Cased_Letter"] = categories["LC"]
    categories["Combining_Mark"] = categories["M"]
    categories["digit"] = categories["Nd"]
    categories["punct"] = categories["P"]
    categories["cntrl"] = categories["Cc"]
    return categories
  }()
}
