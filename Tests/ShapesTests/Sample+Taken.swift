import Shapes

private let id = "01989bd4-7c00-7000-8000-000000000001"

extension Sample {
  static let taken: [Sample] = [
    // Merged.
    Sample(Customer.self, #"{"id":"\#(id)","state":"active","labels":["a"],"name":"Ada"}"#),
    Sample(Customer.self, #"{"id":"\#(id)","state":"gone","name":"Bo"}"#),
    // Null.
    Sample(Nullable.self, #"{"a":null,"b":null,"c":null}"#),
    Sample(Nullable.self, #"{"a":"x","b":1,"c":"2026-01-31","d":null,"e":{"k":null,"l":1},"f":["ab",null]}"#),
    Sample(Nullable.self, #"{"a":"","b":1.0,"c":null}"#, written: #"{"a":"","b":1,"c":null}"#),
    // Values.
    Sample(
      Constants.self,
      #"{"version":3,"ratio":0.5,"yes":true,"nothing":null,"mixed":"two","kind":"constants","size":1,"flag":false,"word":"no"}"#
    ),
    Sample(
      Constants.self,
      #"{"version":3.0,"ratio":1,"yes":true,"nothing":null,"mixed":{"four":4},"kind":"constants","size":null}"#,
      written: #"{"version":3,"ratio":1.0,"yes":true,"nothing":null,"mixed":{"four":4},"kind":"constants","size":null}"#
    ),
    // Choices.
    Sample(Event.self, #"{"type":"created","entity":{"id":"\#(id)"}}"#),
    Sample(Event.self, #"{"from":"a","type":"shifted"}"#, written: #"{"type":"shifted","from":"a"}"#),
    Sample(Event.self, #"{"type":"deleted"}"#),
    Sample(Content.self, #""text""#),
    Sample(
      Content.self, #"[{"type":"text","text":"a"},{"type":"image_url","url":"https://example.com/","detail":"high"}]"#),
    Sample(
      Part.self, #"{"type":"image_url","url":"a:b"}"#, written: #"{"type":"image_url","url":"a:b","detail":"low"}"#),
    Sample(Payment.self, #"{"amount":1,"state":"paid","number":"4"}"#),
    Sample(Payment.self, #"{"amount":1,"iban":"DE"}"#),
    // What makes it fit the other alternative too is wrong there.
    Sample(Payment.self, #"{"amount":1,"iban":"DE","number":4}"#, written: #"{"amount":1,"iban":"DE"}"#),
    Sample(Contact.self, #"{"email":"ada@example.com","phone":"1"}"#, written: #"{"email":"ada@example.com"}"#),
    Sample(Contact.self, #"{"phone":"1","name":"Ada"}"#),
    Sample(Number.self, "3"), Sample(Number.self, "5", written: "5.0"), Sample(Number.self, "6"),
    Sample(Filter.self, "true"), Sample(Filter.self, "\"\(id)\""),
    Sample(Filter.self, #"{"op":"not","not":{"op":"and","all":[true,{"op":"not","not":false}]}}"#),
    Sample(Pet.self, #"{"species":"Dog","name":"Rex","tricks":["sit"]}"#),
    Sample(Pet.self, #"{"species":"Cat","name":"Tom"}"#),
    Sample(Class.self, #"{"init":true}"#), Sample(Class.self, #""text""#),
    // Members.
    Sample(Class.self, #"{"1st":1,"grosse":1.5,"additional_properties":"a","b":"c","d":"e"}"#),
    Sample(
      Settings.self,
      #"{"theme":"a","limits":{},"tags":[],"window":{"width":1,"height":2},"since":"2026-02-01","at":"2026-02-01T00:00:00.000Z","id":"\#(id)","any":null,"b":2,"z":0}"#
    ),
    // Recursion.
    Sample(Node.self, #"{"value":1}"#),
    Sample(
      Node.self,
      #"{"value":1,"next":{"value":2,"next":{"value":3,"previous":null}},"previous":{"value":0},"children":[{"value":4}],"named":{"a":{"value":5}},"any":{"value":6,"any":"b"}}"#
    ),
    Sample(Tree.self, #"{"left":1,"right":{"left":2,"right":3}}"#),
  ]
}
