extension Explanation {
  static let operations: [DiagnosticCode: Explanation] = [
    .duplicateOperation: Explanation(
      "two operations have the same operationId",
      "The operationId is the name of the method that handles the operation, and there can be one of a name.",
      wrong:
        "paths:\n  /tags:\n    get:\n      operationId: getNote\n      tags: [notes]\n      responses: {'204': {description: Nothing.}}",
      right:
        "paths:\n  /tags:\n    get:\n      operationId: getTags\n      tags: [notes]\n      responses: {'204': {description: Nothing.}}"
    ),
    .duplicatePath: Explanation(
      "two paths match the same requests",
      "\"/notes/{id}\" and \"/notes/{note_id}\" are the same path with other names: which one would answer? So it is with\n\"/files/{name}.txt\" and \"/files/note-{id}\", which both have \"/files/note-1.txt\".",
      wrong: "paths:\n  /notes/{id}: {}", right: "paths:\n  /notes/{note_id}: {}"),
    .missingSecurity: Explanation(
      "nothing says who may call an operation",
      "An operation without a rule would be open to everybody by mistake. Say who may at the root of the document; an\noperation for everybody says \"security: []\" itself.",
      wrong: "security: []", right: "security: [{bearer: []}]"),
    .unknownSecurityScheme: Explanation(
      "a security scheme is not declared", "Schemes are declared under \"#/components/securitySchemes\".",
      wrong: "security: [{baerer: []}]", right: "security: [{bearer: []}]"),
    .leftOut: Explanation(
      "some operations are left out",
      "\"tags\" and \"paths\" of \"x-specgen\" choose operations; the others become no code, and are not in the document that\nthe server shows.",
      wrong:
        "x-specgen: {paths: [/none/*]}\npaths:\n  /none/at/all: {get: {operationId: other, tags: [notes], responses: {'204': {description: Nothing.}}}}",
      right: "x-specgen: {tags: [notes]}"),
    .unknownScope: Explanation(
      "a scope is not declared",
      "What a token may allow is declared in the flows of its scheme; a scope that none of them has, nobody can ask for.",
      wrong:
        "components:\n  securitySchemes:\n    login: {type: oauth2, flows: {implicit: {authorizationUrl: https://example.com, scopes: {read: To read.}}}}\nsecurity: [{login: [raed]}]",
      right:
        "components:\n  securitySchemes:\n    login: {type: oauth2, flows: {implicit: {authorizationUrl: https://example.com, scopes: {read: To read.}}}}\nsecurity: [{login: [read]}]"
    ),
    .unknownTag: Explanation(
      "a tag is not declared",
      "Each tag is a protocol that a handler conforms to. One that is not declared among the others at the root of the\ndocument is most likely misspelt.",
      wrong: "paths:\n  /notes/{note_id}:\n    get: {tags: [note]}",
      right: "paths:\n  /notes/{note_id}:\n    get: {tags: [notes]}"),
    .pathParameter: Explanation(
      "a path and its parameters do not agree",
      "Each \"{name}\" of a path is declared as a parameter \"in: path\" with \"required: true\", and each such parameter stands\nin the path. Between two parameters of one segment there is text that tells where the first one ends.",
      wrong:
        "paths:\n  /tags/{tag}:\n    get:\n      operationId: getTag\n      tags: [notes]\n      parameters: [{name: name, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Nothing.}}",
      right:
        "paths:\n  /tags/{tag}:\n    get:\n      operationId: getTag\n      tags: [notes]\n      parameters: [{name: tag, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Nothing.}}"
    ),
    .duplicateParameter: Explanation(
      "a parameter is declared twice",
      "A parameter is known by its name and its place; header names are the same in capitals and small letters.",
      wrong:
        "paths:\n  /tags:\n    get:\n      operationId: getTags\n      tags: [notes]\n      parameters:\n        - {name: q, in: query, schema: {type: string}}\n        - {name: q, in: query, schema: {type: integer}}\n      responses: {'204': {description: Nothing.}}",
      right:
        "paths:\n  /tags:\n    get:\n      operationId: getTags\n      tags: [notes]\n      parameters:\n        - {name: q, in: query, schema: {type: string}}\n      responses: {'204': {description: Nothing.}}"
    ),
    .parameterStyle: Explanation(
      "a parameter is written as its place or its type does not allow",
      "Each place has styles of its own, and \"deepObject\" is for objects, \"spaceDelimited\" and \"pipeDelimited\" for more than\none value. \"content\" takes the place of \"schema\" and \"style\".",
      wrong:
        "paths:\n  /tags:\n    get:\n      operationId: getTags\n      tags: [notes]\n      parameters: [{name: ids, in: query, style: simple, schema: {type: array, items: {type: string}}}]\n      responses: {'204': {description: Nothing.}}",
      right:
        "paths:\n  /tags:\n    get:\n      operationId: getTags\n      tags: [notes]\n      parameters: [{name: ids, in: query, explode: false, schema: {type: array, items: {type: string}}}]\n      responses: {'204': {description: Nothing.}}"
    ),
    .formEncoding: Explanation(
      "the encoding of a form says what its property cannot be",
      "\"encoding\" is for the properties of forms. A field is written in a style of query parameters or as JSON; a property\nwhose value is bytes is a file of \"multipart/form-data\".",
      wrong:
        "paths:\n  /tags:\n    post:\n      operationId: addTag\n      tags: [notes]\n      requestBody:\n        content:\n          application/x-www-form-urlencoded:\n            schema: {type: object, properties: {name: {type: string}}}\n            encoding: {name: {style: matrix}}\n      responses: {'204': {description: Nothing.}}",
      right:
        "paths:\n  /tags:\n    post:\n      operationId: addTag\n      tags: [notes]\n      requestBody:\n        content:\n          application/x-www-form-urlencoded:\n            schema: {type: object, properties: {name: {type: string}}}\n      responses: {'204': {description: Nothing.}}"
    ),
    .unsupportedParameter: Explanation(
      "a parameter cannot be written as text",
      "Parameters are text: strings, numbers, booleans and enums, arrays and flat objects of them; anything else is JSON, in\n\"content\". OpenAPI takes \"Accept\", \"Content-Type\" and \"Authorization\" from elsewhere.",
      wrong:
        "paths:\n  /tags:\n    get:\n      operationId: getTags\n      tags: [notes]\n      parameters: [{name: Accept, in: header, schema: {type: string}}]\n      responses: {'204': {description: Nothing.}}",
      right:
        "paths:\n  /tags:\n    get:\n      operationId: getTags\n      tags: [notes]\n      parameters: [{name: X-Tag, in: header, schema: {type: string}}]\n      responses: {'204': {description: Nothing.}}"
    ),
    .unsupportedResponse: Explanation(
      "a response cannot be answered as it is declared",
      "The handler has something to answer, statuses are from 200 to 599 (or \"4XX\", or \"default\"), 204, 205 and 304 have no\nbody, and a problem of \"x-codes\" is \"application/problem+json\".",
      wrong:
        "paths:\n  /tags:\n    get:\n      operationId: getTags\n      tags: [notes]\n      responses: {'204': {description: Nothing., content: {application/json: {schema: {type: string}}}}}",
      right:
        "paths:\n  /tags:\n    get:\n      operationId: getTags\n      tags: [notes]\n      responses: {'204': {description: Nothing.}}"
    ),
    .invalidEvent: Explanation(
      "an event of a stream is not what an event can be",
      "An event has a name, which is one text, and data, which is text. JSON in that text is said by \"contentMediaType\" and\n\"contentSchema\".",
      wrong:
        "paths:\n  /tags:\n    get:\n      operationId: getTags\n      tags: [notes]\n      responses:\n        '200':\n          description: Tags.\n          content:\n            text/event-stream:\n              x-itemSchema: {properties: {event: {const: tag}, data: {type: object}}}",
      right:
        "paths:\n  /tags:\n    get:\n      operationId: getTags\n      tags: [notes]\n      responses:\n        '200':\n          description: Tags.\n          content:\n            text/event-stream:\n              x-itemSchema:\n                properties:\n                  event: {const: tag}\n                  data: {type: string, contentMediaType: application/json, contentSchema: {type: string}}"
    ),
    .unknownProblem: Explanation(
      "a problem is not declared",
      "\"x-codes\" names the problems that a handler answers itself; each has its status, title and detail in \"x-problems\" at\nthe root of the document.",
      wrong: "paths:\n  /notes/{note_id}:\n    get:\n      responses: {'404': {x-codes: [note-notfound]}}",
      right: "paths:\n  /notes/{note_id}:\n    get:\n      responses: {'404': {x-codes: [note-not-found]}}"),
    .problemStatus: Explanation(
      "a problem stands at a response of another status",
      "The status of a problem is said once, in \"x-problems\"; a response that carries it has the same.",
      wrong: "x-problems:\n  note-not-found: {status: 410}", right: "x-problems:\n  note-not-found: {status: 404}"),
    .unknownOperation: Explanation(
      "an operation does not exist",
      "\"x-example-from\", \"x-lists\" and links name operations by their \"operationId\", and parameters that they have.",
      wrong:
        "paths:\n  /tags/{tag}:\n    get:\n      operationId: getTag\n      tags: [notes]\n      parameters:\n        - name: tag\n          in: path\n          required: true\n          x-example-from: {operation: getNotes, pointer: /id}\n          schema: {type: string, format: uuid}\n      responses: {'204': {description: Nothing.}}",
      right:
        "paths:\n  /tags/{tag}:\n    get:\n      operationId: getTag\n      tags: [notes]\n      parameters:\n        - name: tag\n          in: path\n          required: true\n          x-example-from: {operation: getNote, pointer: /id}\n          schema: {type: string, format: uuid}\n      responses: {'204': {description: Nothing.}}"
    ),
  ]
}
