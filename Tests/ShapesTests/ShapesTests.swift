import Foundation
import JSON
import Shapes
import Testing
import Values

/// The types that SpecGen makes of `Goldens/Swift/shapes/api.yaml`, compiled and run.
@Suite struct ShapesTests {
  @Test("A value is read, and written as it was", arguments: Sample.taken)
  func taken(_ sample: Sample) throws {
    #expect(try sample.type.rewritten(sample.json) == sample.written)
  }

  @Test("Codable agrees with the JSON reader and writer", arguments: Sample.taken)
  func codable(_ sample: Sample) throws {
    #expect(try sample.type.recoded(sample.json))
  }

  @Test("A value that breaks its schema is refused where it is wrong", arguments: Sample.refused)
  func refused(_ sample: Sample) throws {
    #expect(sample.type.faults(sample.json) == sample.faults)
  }

  @Test("A choice is told with what is wrong, and with what it is nearest to")
  func details() {
    #expect(
      Contact.details(#"{"email": "ada@example.com", "phone": 1, "name": 2}"#) == [
        "Must be email or phone; this is nearest to email.", "Must be a string, not a number.",
      ])
    #expect(Contact.details("{}") == ["Must be email (with `email`) or phone (with `phone`)."])
    #expect(Number.details("15") == ["Must be exactly one of integer or number, but is integer and number."])
    #expect(Event.details(#"{"type": "creatd"}"#) == ["Must be one of `created`, `moved`, `shifted`, `deleted`."])
    #expect(Filter.details("[]") == ["Must be a boolean, a string or an object, not an array."])
  }

  @Test("What is left out has its default")
  func defaults() throws {
    let settings = try Settings.read(#"{"theme": "dark"}"#)
    #expect(settings.limits == ["a": 1, "b": 2] && settings.tags == ["x", "y"] && settings.any == ["a": [1, nil]])
    #expect(settings.window == Window(width: 3, height: 10))
    #expect(settings.since?.iso8601 == "2026-01-31" && settings.at?.rfc3339 == "2026-01-31T11:00:00.250Z")
    #expect(settings.id?.canonical == "01989bd4-7c00-7000-8000-000000000001")
    #expect(settings == Settings(theme: "dark"))
  }

  @Test("Names that a text spells with escapes tell the case all the same")
  func escapes() throws {
    #expect(
      try Event.read(#"{"from": "a", "t\u0079pe": "mov\u0065d"}"#) == .moved(MovedEvent(type: "moved", from: "a")))
    #expect(try Event.read(#"{"a": {"type": "x"}, "b": "\"type\":", "type": "moved"}"#) == .moved(.init(type: "moved")))
  }

  @Test("A text that is no JSON is told as such, wherever a choice looks at it")
  func syntax() {
    for text in [
      #"{"type""#, #"{"type":"#, #"{"type": "moved""#, #"{"type": "moved"]"#, #"{"type": moved}"#, "{", "", "]",
    ] {
      #expect(throws: JSONReadError.self) { try Event.read(text) }
      #expect(Event.faults(text) == ["syntax"])
      #expect(Contact.faults(text.replacing("type", with: "email")) == ["syntax"])
    }
    // Required members are missing where the text breaks off, behind an object that has ended.
    for text in [#"{"window":{"width":1,"height":2},"x":en"#, #"{"window":{"width":1,"height":2}"#] {
      #expect(Settings.faults(text) == ["syntax"])
    }
    // Too few items are there where it breaks off, in an array that has not ended.
    for text in ["[", #"[{"a":[{"b":1}],"c":"#, #"{"a":{"b":1},"c":[x"#] {
      #expect(Content.faults(text) == ["syntax"])
    }
  }

  @Test("Trials within trials end")
  func patience() {
    // Every level fits both alternatives until its last member.
    let depth = 60
    let text = String(repeating: #"{"op": "both", "a": "#, count: depth) + "1" + String(repeating: "}", count: depth)
    #expect(Filter.faults(text).count == 1)
    let nested = String(repeating: #"{"left": 1, "right": "#, count: depth) + "0" + String(repeating: "}", count: depth)
    #expect(Tree.faults(nested) == ["syntax"])
  }
}
