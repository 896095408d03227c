extension Explanation {
  static let parse: [DiagnosticCode: Explanation] = [
    .invalidUTF8: Explanation(
      "the file is not UTF-8",
      "A byte cannot be read as UTF-8, the one encoding of JSON (RFC 8259 §8.1) and of specifications here. Save the\nfile as UTF-8 without converting it to anything else.",
      wrong: "info: {title: Caf\\xE9}        # a byte of Latin-1", right: "info: {title: Café}"),
    .invalidYAML: Explanation(
      "the text is not YAML",
      "The parser cannot go on, so that nothing behind this place is looked at. Most often an indentation, a bracket or a\nquote is wrong at this place or shortly before it.",
      wrong: "tags: [{name: notes}", right: "tags: [{name: notes}]"),
    .duplicateKey: Explanation(
      "a mapping has the same key twice",
      "YAML leaves open which of the two counts, so that neither may. Keep one.",
      wrong: "info: {title: Notes, title: Letters, version: '1'}", right: "info: {title: Notes, version: '1'}"),
    .complexKey: Explanation(
      "a key is a list or a mapping",
      "The keys of a document are words or texts, as those of a JSON object are.",
      wrong: "? [a, b]\n: 1", right: "a: 1\nb: 1"),
    .unknownAnchor: Explanation(
      "an alias names nothing before it",
      "\"*name\" repeats the value that has been marked as \"&name\" further up. Where a value is used in several places, a\n\"$ref\" to a component is the better way: it keeps its name.",
      wrong: "info: {title: *name, version: '1'}", right: "info: {title: &name Notes, summary: *name, version: '1'}"),
    .tooDeep: Explanation(
      "the document nests too deep",
      "Values may stand 128 levels deep in each other. Move inner schemas to \"components\" and refer to them.",
      wrong: "example: [[[[[[…]]]]]]", right: "example: []"),
    .tooLarge: Explanation(
      "aliases make the document too large",
      "Every alias is a copy of its value, and copies of copies multiply. Use \"$ref\", which copies nothing.",
      wrong: "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]   # and so on",
      right: "schema: {$ref: '#/components/schemas/X'}"),
    .emptyDocument: Explanation(
      "the file is empty", "A specification has at least a version, an info object and paths.",
      wrong: "# nothing but a comment", right: "openapi: 3.1.1\ninfo: {title: Notes, version: '1'}\npaths: {}"),
    .severalDocuments: Explanation(
      "the file holds two YAML documents",
      "\"---\" begins another document. Put it into a file of its own and refer to it.",
      wrong: "a: 1\n---\nb: 1", right: "a: 1\nb: 1"),
    .unsupportedTag: Explanation(
      "a YAML tag has no meaning in JSON",
      "Tags such as \"!include\" belong to other tools. For another file write a \"$ref\"; for a text that looks like a\nnumber, quotes.",
      wrong: "info: {title: !include title.txt, version: '1'}", right: "info: {title: Notes, version: '1'}"),
  ]

  static let link: [DiagnosticCode: Explanation] = [
    .missingFile: Explanation(
      "a reference names a file that does not exist",
      "The path of a reference starts from the file that it stands in, not from the first one and not from where the tool\nis run.",
      wrong: "components:\n  schemas:\n    Extra: {$ref: api/modles.yaml#/Extra}",
      right: "components:\n  schemas:\n    Extra: {$ref: api/models.yaml#/Extra}"),
    .remoteReference: Explanation(
      "a reference is to an address on the network",
      "A build reads no network: its result would depend on who answers. Save what is there in a folder and say so with\n\"x-remote\"; the references stay as they are.",
      wrong: "components:\n  schemas:\n    Extra: {$ref: 'https://example.com/schemas/extra.yaml'}",
      right:
        "components:\n  schemas:\n    Extra: {$ref: 'https://example.com/schemas/extra.yaml'}\nx-remote:\n  https://example.com/schemas/: api/vendor   # which holds extra.yaml"
    ),
    .unwatchedFile: Explanation(
      "a reference is to a file that the build does not watch",
      "The build plugin cannot read YAML, so it watches api.yaml and everything in the folder \"api\" beside it. After an\nedit of any other file nothing would be built, and nobody would see why.",
      wrong: "components:\n  schemas:\n    Extra: {$ref: models.yaml#/Extra}",
      right: "components:\n  schemas:\n    Extra: {$ref: api/models.yaml#/Extra}"),
    .unknownReference: Explanation(
      "a reference leads to nothing",
      "What comes after \"#\" is the way from the top of the file, key by key, with \"~1\" for \"/\" and \"~0\" for \"~\"; or the\nname of an \"$anchor\".",
      wrong: "components:\n  schemas:\n    Extra: {type: array, items: {$ref: '#/components/schemas/Notes'}}",
      right: "components:\n  schemas:\n    Extra: {type: array, items: {$ref: '#/components/schemas/Note'}}"),
    .unsupportedReference: Explanation(
      "a reference leads to something of another kind",
      "Where a schema is meant, a reference must name a schema, where a response is meant, a response. A whole OpenAPI\ndocument is neither: name the part that is meant.",
      wrong: "components:\n  schemas:\n    Extra: {type: array, items: {$ref: '#/x-tables/notes'}}",
      right: "components:\n  schemas:\n    Extra: {type: array, items: {$ref: '#/components/schemas/Note'}}"),
    .referenceCycle: Explanation(
      "a value holds itself",
      "A value that must hold another of its kind could never end, and a chain of references must end somewhere. Let the\ninner one be left out or be null, or let an array or a map hold it: those can be empty.",
      wrong:
        "components:\n  schemas:\n    Extra: {type: object, required: [next], properties: {next: {$ref: '#/components/schemas/Extra'}}}",
      right:
        "components:\n  schemas:\n    Extra: {type: object, properties: {next: {$ref: '#/components/schemas/Extra'}}}"
    ),
  ]
}
