extension Explanation {
  static let storage: [DiagnosticCode: Explanation] = [
    .unknownTable: Explanation(
      "a table does not exist", "References, queries and lists name tables by their keys in \"x-tables\".",
      wrong: "x-queries:\n  all: {sql: 'SELECT {columns} FROM notes', result: {table: note}, rows: many}",
      right: "x-queries:\n  all: {sql: 'SELECT {columns} FROM notes', result: {table: notes}, rows: many}"),
    .unknownColumn: Explanation(
      "a column does not exist",
      "The columns of a table are the properties of its \"schema\", without those in \"omit\", and its own \"columns\".",
      wrong: "x-tables:\n  notes: {primaryKey: [note_id]}", right: "x-tables:\n  notes: {primaryKey: [id]}"),
    .unknownSchema: Explanation(
      "the schema of a table does not exist, or gives it no columns",
      "\"schema\" is a key of \"#/components/schemas\", of an object with properties; not a reference.",
      wrong: "x-tables:\n  notes: {schema: Notes}", right: "x-tables:\n  notes: {schema: Note}"),
    .columnType: Explanation(
      "a column has a type that a database cannot keep as it is meant here",
      "Both ends of a reference have the same type, and keys are compared as wholes.",
      wrong:
        "x-tables:\n  labels:\n    columns: {id: {type: string, format: uuid}, note: {type: integer}}\n    primaryKey: [id]\n    references: [{columns: [note], table: notes, onDelete: cascade}]",
      right:
        "x-tables:\n  labels:\n    columns: {id: {type: string, format: uuid}, note: {type: string, format: uuid}}\n    primaryKey: [id]\n    references: [{columns: [note], table: notes, onDelete: cascade}]"
    ),
    .tableKey: Explanation(
      "a key or an index of a table is not right",
      "A primary key is never null, two keys of the same columns are one, and a page must be able to go on after any row.",
      wrong: "x-tables:\n  notes: {primaryKey: [id, id]}", right: "x-tables:\n  notes: {primaryKey: [id]}"),
    .invalidQuery: Explanation(
      "a query is not right",
      "The SQL must use the declared parameters, all of them and no others, and \"rows\" must fit what it does.",
      wrong:
        "x-queries:\n  some: {sql: 'SELECT {columns} FROM notes WHERE id = :id', result: {table: notes}, rows: many}",
      right:
        "x-queries:\n  some:\n    sql: SELECT {columns} FROM notes WHERE id = :id\n    parameters: {id: {type: string, format: uuid}}\n    result: {table: notes}\n    rows: many"
    ),
    .invalidList: Explanation(
      "a list is not right",
      "A list is answered by an operation with the query parameters \"limit\" and \"cursor\"; its filters are parameters of the\nsame types as their columns, and each order gives every row a place of its own.",
      wrong: "x-lists:\n  getNote: {table: notes, by: [id], sort: {text: [text]}}",
      right:
        "paths:\n  /notes:\n    get:\n      operationId: listNotes\n      tags: [notes]\n      parameters:\n        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}\n        - {name: cursor, in: query, schema: {type: string, maxLength: 1000}}\n      responses: {'204': {description: Nothing.}}\nx-tables:\n  notes: {indexes: [{name: recent, by: [text], order: [-id]}]}\nx-lists:\n  listNotes: {table: notes, by: [text], sort: {recent: recent}}"
    ),
    .invalidSearch: Explanation(
      "a search is not right",
      "A search has columns of text, and finds only rows of one owner, whose column leads the primary key: a search among\neverybody's rows would be one mistake away from showing them.",
      wrong: "x-tables:\n  notes: {search: {columns: [text]}}",
      right:
        "x-tables:\n  notes:\n    columns: {user_id: {type: string, format: uuid}}\n    primaryKey: [user_id, id]\n    search: {columns: [text]}"
    ),
    .invalidRename: Explanation(
      "a rename is not right",
      "The old name must be gone from the file, differ from the new one, and only one name can come from it.",
      wrong: "x-tables:\n  notes: {x-renamed-from: notes}", right: "x-tables:\n  notes: {x-renamed-from: letters}"),
  ]

  static let lint: [DiagnosticCode: Explanation] = [
    .missingDescription: Explanation(
      "something has no words for its readers",
      "Summaries and descriptions become the documentation, the comments of generated code and the client's types. Told by\n\"specgen lint\" only.",
      wrong: "tags: [{name: notes}]", right: "tags: [{name: notes, description: What people write down.}]"),
    .missingOperationID: Explanation(
      "an operation has no name of its own",
      "Its method is called after its method and path, and changes its name when the path does. Told by \"specgen lint\" only.",
      wrong:
        "paths:\n  /notes:\n    get:\n      tags: [notes]\n      responses: {'204': {description: Gone.}}",
      right:
        "paths:\n  /notes:\n    get:\n      operationId: clearNotes\n      tags: [notes]\n      responses: {'204': {description: Gone.}}"
    ),
    .unusedComponent: Explanation(
      "nothing uses a component",
      "It becomes code, tests and documentation that nobody needs. Told by \"specgen lint\" only.",
      wrong: "components:\n  schemas:\n    Extra: {type: string}",
      right:
        "components:\n  schemas:\n    Note:\n      properties:\n        extra: {$ref: '#/components/schemas/Extra'}\n    Extra: {type: string}"
    ),
    .inconsistentName: Explanation(
      "a name is written in another way than most",
      "Schemas begin with a capital; properties and parameters follow the way of the others. Told by \"specgen lint\" only.",
      wrong: "components:\n  schemas:\n    extra_note: {type: string}",
      right: "components:\n  schemas:\n    ExtraNote: {type: string}"),
  ]
}
