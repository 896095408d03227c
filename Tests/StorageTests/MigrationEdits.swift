import Storage

extension Edit {
  static let all = tables + columns + types + constraints

  private static let tables = [
    Edit("create a table", steps: ["create-table:toys", "create-index:toys_name"]) { tables in
      tables.append(
        TableDefinition(
          name: "toys",
          columns: [ColumnDefinition(name: "id", type: .int), ColumnDefinition(name: "name", type: .text)],
          primaryKey: ["id"], indexes: [IndexDefinition(name: "toys_name", columns: [IndexColumn("name")])]))
    },
    Edit("drop a table", steps: ["drop-table:pets"], losses: ["drop-table:pets": 2]) { $0.removeLast() },
    Edit(
      "rename a table", steps: ["rename-table:animals"],
      values: ("SELECT person_id FROM animals ORDER BY id", ["1", "2"])
    ) { tables in
      tables[1].name = "animals"
      tables[1].renamedFrom = "pets"
      tables[1].foreignKeys[0].name = "animals_person_id_fkey"
    },
    Edit(
      "rename a table that others refer to", steps: ["rename-table:humans"],
      values: ("SELECT name FROM humans ORDER BY id", ["Ann", "Bob", "Cy"])
    ) { tables in
      tables[0].name = "humans"
      tables[0].renamedFrom = "people"
      tables[1].foreignKeys[0].referencedTable = "humans"
    },
  ]

  private static let columns = [
    Edit("add a column", steps: ["add-column:people.city"]) { tables in
      tables[0].columns.append(
        ColumnDefinition(
          name: "city", type: .text, isNullable: true, checks: [CheckDefinition(name: "people_city", "city <> ''")]))
    },
    Edit(
      "add a required column with a default", steps: ["add-column:people.city"],
      values: ("SELECT city FROM people", ["Rome", "Rome", "Rome"])
    ) { tables in
      tables[0].columns.append(ColumnDefinition(name: "city", type: .text, defaultValue: .value(.text("Rome"))))
    },
    Edit("drop a column", steps: ["drop-column:people.nickname"], losses: ["drop-column:people.nickname": 2]) {
      tables in
      tables[0].columns.remove(at: 2)
    },
    Edit(
      "drop a column of an index", steps: ["drop-column:people.age"], losses: ["drop-column:people.age": 3]
    ) { tables in
      tables[0].columns.remove(at: 3)
      tables[0].indexes.removeLast()
    },
    Edit(
      "rename a column with its check and its index", steps: ["rename-column:people.label"],
      values: ("SELECT label FROM people ORDER BY id", ["Ann", "Bob", "Cy"])
    ) { tables in
      tables[0].columns[1] = ColumnDefinition(
        name: "label", type: .text, checks: [CheckDefinition(name: "people_label_length", "length(\"label\") <= 5")],
        renamedFrom: "name")
      tables[0].indexes[0] = IndexDefinition(
        name: "people_label_key", columns: [IndexColumn("label", isCaseInsensitive: true)], isUnique: true)
    },
    Edit("let a column be null", steps: ["drop-not-null:people.age"]) { $0[0].columns[3].isNullable = true },
    Edit(
      "require a column that rows lack", steps: ["set-not-null:people.nickname"],
      losses: ["delete-rows:people.nickname": 1], values: ("SELECT id FROM pets", ["2"])
    ) { $0[0].columns[2].isNullable = false },
    Edit(
      "require a column that has a default", steps: ["set-not-null:people.nickname"],
      values: ("SELECT nickname FROM people ORDER BY id", ["none", "7", "seven"])
    ) { tables in
      tables[0].columns[2].isNullable = false
      tables[0].columns[2].defaultValue = .value(.text("none"))
    },
    Edit("change a default", steps: ["change-default:people.age"]) { $0[0].columns[3].defaultValue = .value(.int(21)) },
    Edit("drop a default", steps: ["change-default:people.mood"]) { $0[0].columns[4].defaultValue = nil },
  ]

  private static let types = [
    Edit(
      "widen a type", steps: ["change-type:people.age"],
      values: ("SELECT age + 0.5 FROM people ORDER BY id", ["30.5", "40.5", "40.5"])
    ) { tables in
      tables[0].columns[3] = ColumnDefinition(name: "age", type: .double, defaultValue: .value(.double(18)))
    },
    Edit(
      "a number becomes text", steps: ["change-type:people.age"],
      values: ("SELECT age || '!' FROM people ORDER BY id", ["30!", "40!", "40!"])
    ) { $0[0].columns[3] = ColumnDefinition(name: "age", type: .text) },
    Edit(
      "text becomes a number", steps: ["change-type:people.nickname"], losses: ["change-type:people.nickname": 1],
      values: ("SELECT nickname FROM people ORDER BY id", ["null", "7", "null"])
    ) { $0[0].columns[2].type = .int },
    Edit(
      "a required text becomes a number", steps: ["change-type:people.mood"], losses: ["change-type:people.mood": 3],
      values: ("SELECT count(*) FROM people", ["0"])
    ) { $0[0].columns[4] = ColumnDefinition(name: "mood", type: .int) },
  ]

  private static let constraints = [
    Edit("add a check", steps: ["add-check:people_age_range"]) { tables in
      tables[0].columns[3].checks = [CheckDefinition(name: "people_age_range", "age >= 30")]
    },
    Edit(
      "add a check that rows break", steps: ["add-check:people_age_range"],
      losses: ["delete-rows:people_age_range": 2], values: ("SELECT name FROM people", ["Ann"])
    ) { $0[0].columns[3].checks = [CheckDefinition(name: "people_age_range", "age < 40")] },
    Edit(
      "add a check that values break which may be null", steps: ["add-check:people_nickname_length"],
      losses: ["clear-values:people_nickname_length": 1],
      values: ("SELECT nickname FROM people ORDER BY id", ["null", "7", "null"])
    ) { tables in
      tables[0].columns[2].checks = [CheckDefinition(name: "people_nickname_length", "length(\"nickname\") < 3")]
    },
    Edit("drop a check", steps: ["drop-check:people_name_length"]) { $0[0].columns[1].checks = [] },
    Edit("add a value to an enum", steps: ["change-check:people_mood_values"]) { tables in
      tables[0].columns[4].checks = [CheckDefinition(name: "people_mood_values", "\"mood\" IN ('calm', 'wild', 'sad')")]
    },
    Edit(
      "rename values of an enum", steps: ["rename-values:people.mood"],
      values: ("SELECT mood FROM people ORDER BY id", ["calm", "loud", "loud"])
    ) { tables in
      tables[0].columns[4].checks = [CheckDefinition(name: "people_mood_values", "\"mood\" IN ('calm', 'loud')")]
      tables[0].columns[4].renamedValues = ["wild": "loud"]
    },
    Edit(
      "rename values of an enum in a chain", steps: ["rename-values:people.mood"],
      values: ("SELECT mood FROM people ORDER BY id", ["", "calm", "calm"])
    ) { tables in
      tables[0].columns[4].checks = [CheckDefinition(name: "people_mood_values", "\"mood\" IN ('', 'calm')")]
      tables[0].columns[4].renamedValues = ["wild": "calm", "calm": ""]
      tables[0].columns[4].defaultValue = .value(.text(""))
    },
    Edit(
      "remove a value of an enum", steps: ["change-check:people_mood_values"],
      losses: ["delete-rows:people_mood_values": 2], values: ("SELECT name FROM people", ["Ann"])
    ) { $0[0].columns[4].checks = [CheckDefinition(name: "people_mood_values", "\"mood\" IN ('calm')")] },
    Edit("change the primary key", steps: ["change-primary-key:pets"]) { $0[1].primaryKey = ["person_id", "id"] },
    Edit("add and drop indexes", steps: ["drop-index:people_age", "create-index:people_mood"]) { tables in
      tables[0].indexes[1] = IndexDefinition(name: "people_mood", columns: [IndexColumn("mood"), IndexColumn("id")])
    },
    Edit("change an index", steps: ["drop-index:people_age", "create-index:people_age"]) { tables in
      tables[0].indexes[1].columns = [IndexColumn("age")]
    },
    Edit(
      "add a unique key that rows break", steps: ["create-index:people_age_key"],
      losses: ["delete-duplicates:people_age_key": 1], values: ("SELECT name FROM people ORDER BY id", ["Ann", "Bob"])
    ) { tables in
      tables[0].indexes.append(
        IndexDefinition(name: "people_age_key", columns: [IndexColumn("age")], isUnique: true))
    },
    Edit(
      "add a foreign key with orphans", steps: ["add-foreign-key:pets_friend_id_fkey"],
      losses: ["clear-values:pets_friend_id_fkey": 1],
      values: ("SELECT friend_id FROM pets ORDER BY id", ["2", "null"])
    ) { tables in
      tables[1].foreignKeys.append(
        ForeignKey(
          name: "pets_friend_id_fkey", columns: ["friend_id"], referencedTable: "people", referencedColumns: ["id"],
          onDelete: .setNull))
    },
    Edit("change what a foreign key does", steps: ["add-foreign-key:pets_person_id_fkey"]) { tables in
      tables[1].foreignKeys[0].onDelete = .restrict
    },
    Edit("drop a foreign key", steps: ["drop-foreign-key:pets_person_id_fkey"]) { $0[1].foreignKeys = [] },
  ]
}
