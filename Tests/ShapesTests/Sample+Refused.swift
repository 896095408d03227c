import Shapes

private let id = "01989bd4-7c00-7000-8000-000000000001"

extension Sample {
  static let refused: [Sample] = [
    // Merged: every constraint of every part holds.
    Sample(Customer.self, "{}", faults: ["/id required", "/state required", "/name required"]),
    Sample(
      Customer.self, #"{"id": "\#(id)", "state": "active", "labels": [], "name": "A", "age": 1}"#,
      faults: ["/labels min-items", "/name min-length", "/age unknown-member"]),
    Sample(
      Customer.self, #"{"id": "\#(id)", "state": "x", "labels": ["aaaaaaaaaaaaaaaaaaaaa"], "name": "Ada"}"#,
      faults: ["/state enum", "/labels/0 max-length"]),
    // Null.
    Sample(Nullable.self, #"{"a": null, "b": null}"#, faults: ["/c required"]),
    Sample(
      Nullable.self, #"{"a": 1, "b": "1", "c": "x", "d": {}, "e": {}, "f": [1]}"#,
      faults: [
        "/a type", "/b type", "/c format", "/d/id required", "/d/state required", "/d/name required",
        "/e min-properties", "/f/0 type",
      ]),
    Sample(
      Nullable.self, #"{"a": null, "b": null, "c": null, "e": {"a": 1, "b": 2, "c": 3, "d": "x"}}"#,
      faults: ["/e/d type", "/e max-properties"]),
    Sample(Nullable.self, #"{"a": null, "b": null, "c": null, "e": null, "f": null}"#, faults: ["/e null", "/f null"]),
    // Values.
    Sample(
      Constants.self,
      #"{"version": 4, "ratio": 0.6, "yes": false, "nothing": 0, "mixed": [4], "kind": "c", "size": 3, "flag": true, "word": "maybe"}"#,
      faults: [
        "/version const", "/ratio enum", "/yes const", "/nothing const", "/mixed enum", "/kind const", "/size enum",
        "/flag const", "/word enum",
      ]),
    // Choices.
    Sample(Event.self, #"{"type": "gone"}"#, faults: ["/type enum"]),
    Sample(Event.self, #"{"type": 1}"#, faults: ["/type enum"]),
    Sample(Event.self, "{}", faults: ["/type required"]),
    Sample(Event.self, "[]", faults: ["type"]), Sample(Event.self, "null", faults: ["null"]),
    Sample(Event.self, #"{"type": "created", "entity": {"id": 1}}"#, faults: ["/entity/id type"]),
    Sample(Content.self, "1", faults: ["type"]), Sample(Content.self, "null", faults: ["null"]),
    Sample(Content.self, "[]", faults: ["min-items"]),
    Sample(Content.self, #"[{"type": "text"}, {"type": "sound"}]"#, faults: ["/0/text required", "/1/type enum"]),
    Sample(Payment.self, #"{"amount": "1", "number": "4"}"#, faults: ["/amount type"]),
    Sample(Payment.self, #"{"amount": 1}"#, faults: ["one-of"]),
    Sample(Payment.self, #"{"amount": 1, "number": "4", "iban": "DE"}"#, faults: ["one-of"]),
    Sample(Payment.self, #"{"amount": 1, "number": 4, "iban": 5}"#, faults: ["one-of", "/number type"]),
    Sample(Contact.self, #"{"name": "Ada"}"#, faults: ["any-of"]),
    Sample(Contact.self, #"{"email": "ada"}"#, faults: ["/email format"]),
    Sample(Number.self, "15", faults: ["one-of"]), Sample(Number.self, "4", faults: ["one-of", "multiple-of"]),
    Sample(Filter.self, "1", faults: ["type"]),
    Sample(Filter.self, #"{"op": "not", "not": {"op": "or"}}"#, faults: ["/not/op enum"]),
    Sample(Pet.self, #"{"species": "Bird", "name": "Tweety"}"#, faults: ["/species enum"]),
    Sample(Class.self, #"{"1st": 1, "grosse": 1, "other": 2}"#, faults: ["/other type"]),
    // Members.
    Sample(
      Settings.self, #"{"theme": "a", "never": 1, "b": -1, "c": "d"}"#,
      faults: ["/never unknown-member", "/b minimum", "/c type"]),
    Sample(Settings.self, "{}", faults: ["min-properties", "/theme required"]),
    // Recursion.
    Sample(
      Node.self, #"{"value": 1, "next": {"next": {"value": "x"}}}"#,
      faults: ["/next/next/value type", "/next/value required"]),
  ]
}
