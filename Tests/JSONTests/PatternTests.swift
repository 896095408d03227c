import JSON
import Testing

@Suite struct PatternTests {
  @Test(
    "Patterns match as ECMA-262 says",
    arguments: [
      ("^[A-Za-z0-9_.-]+$", ["a", "A-b_c.9"], ["", "a b", "é", "a\n"]),
      ("b", ["abc", "b"], ["", "ac"]),
      ("^(ab|c)*d?$", ["", "ab", "abcab", "cd", "d"], ["a", "dd", "abdc"]),
      ("^a{2,3}$", ["aa", "aaa"], ["a", "aaaa"]),
      ("^a{2,}b$", ["aab", "aaaaab"], ["ab"]),
      ("^(?:a{2}){2}$", ["aaaa"], ["aa", "aaa"]),
      (#"^\d{4}-\d\d$"#, ["2026-01"], ["2026-1", "２０２６-01"]),
      (#"^\w+\s\S+$"#, ["ab c", "ab\u{A0}é"], ["ab", "ab  "]),
      (#"^[^\s,]+(,[^\s,]+)*$"#, ["a,b"], ["a,", "a b"]),
      (#"\bcat\b"#, ["a cat.", "cat"], ["concat", "cats"]),
      (#"^.$"#, ["é", "😀", "-"], ["\n", "ab"]),
      (#"^[\u00e9\x41\u{1F600}\]-]+$"#, ["éA😀]-"], ["B"]),
      ("^a+?b*?$", ["ab", "aabb"], ["b"]),
      ("^(a|b|)c$", ["ac", "bc", "c"], ["abc"]),
      ("(a*)*$", ["", "b", "aaa"], []),
      ("^[]$", [], ["", "a"]),
      ("^[^]$", ["a", "\n"], [""]),
      (#"^\p{Letter}+$"#, ["aÉ漢"], ["1", "a1"]), (#"^[\p{Lu}\p{Nd}]\P{L}$"#, ["É1", "٣-"], ["é1", "Éé"]),
      (#"^\p{gc=Decimal_Number}\p{White_Space}$"#, ["1 "], ["1a"]),
      (#"^(?<year>\d{4})$"#, ["2026"], ["26"]), (#"^\cJ\0[\cA]$"#, ["\n\0\u{1}"], ["J0A"]),
      (#"^[\w-.]+\@}]{$"#, ["a-.@}]{"], ["@}]{"]),
      ("^(?=.*[A-Z])(?=.*[0-9]).{8,}$", ["abcDefg1"], ["abcdefg1", "aB1"]),
      ("^(?!admin$)[a-z]+$", ["adm", "administrator"], ["admin", "A"]),
      (#"(?<=\$)\d+(?!\d|%)"#, ["$12", "a $7."], ["12", "$7%"]), ("(?<!a)b", ["cb", "b"], ["ab"]),
      ("^(?=(?!ab).)a", ["ac"], ["ab", "b"]), ("^(?:(?=a)a|(?=b)bb)+$", ["abba"], ["aba", "ab"]),
    ])
  func matches(pattern: String, yes: [String], no: [String]) {
    let compiled = Pattern(pattern)
    for text in yes { #expect(compiled.matches(text), "\(text)") }
    for text in no { #expect(!compiled.matches(text), "\(text)") }
  }

  @Test("A pattern that explodes elsewhere takes linear time")
  func linear() {
    #expect(!Pattern("^(a+)+$").matches(String(repeating: "a", count: 20_000) + "b"))
    #expect(!Pattern("^(a|a)*(a|aa)*b$").matches(String(repeating: "a", count: 20_000)))
    #expect(!Pattern("^(?:(?=a*b)a|(?=a*$)a)*c$").matches(String(repeating: "a", count: 20_000)))
  }

  @Test(
    "What is not supported matches nothing",
    arguments: [#"(a)\1"#, #"\p{Script=Greek}"#, #"\Z"#, "a{2,1}", "(", "[", "*", "(?i:a)", "(?=a)*", "{2}"])
  func refuses(pattern: String) {
    #expect(!Pattern(pattern).matches("a") && !Pattern(pattern).matches(""))
  }
}
