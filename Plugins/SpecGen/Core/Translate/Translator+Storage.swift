extension Translator {
  func table(_ table: ResolvedTable) -> Table {
    Table(
      name: table.source.name.value, typeName: table.typeName, description: table.source.description,
      schemaType: table.schema.flatMap { declarations[$0]?.schema }.map(target)?.typeName,
      columns: table.columns.map(column), primaryKey: table.primaryKey, uniqueKeys: table.uniqueKeys,
      indexes: table.indexes, references: table.references,
      searched: (table.source.searched ?? []).map(\.value), renamedFrom: table.source.renamedFrom?.value,
      pointer: table.source.pointer)
  }

  func query(_ query: ResolvedQuery) -> NamedQuery {
    let result: NamedQuery.Result =
      switch query.result {
      case .none: .none
      case .table(let name): .table(name)
      case .columns(let columns): .columns(columns.map(column))
      }
    return NamedQuery(
      name: query.source.name.value, swiftName: query.swiftName, typeName: query.typeName,
      description: query.source.description, postgres: query.postgres, sqlite: query.sqlite,
      parameters: query.parameters.map(column), result: result, rows: query.source.rows.value,
      isRead: query.isRead)
  }

  private func column(_ column: ResolvedColumn) -> Column {
    Column(
      name: column.name.value, swiftName: column.swiftName, type: typeUse(column.schema),
      isNullable: column.isNullable, defaultValue: defaultValue(column.schema), isPublic: column.isPublic,
      description: column.schema.description ?? target(column.schema).description,
      renamedFrom: column.schema.renamedFrom?.value)
  }

  func list(_ list: ResolvedList) -> ListQuery {
    ListQuery(
      name: list.swiftName, typeName: list.typeName, description: list.source.description,
      table: list.source.table.value, by: list.source.by.map(\.value),
      filters: list.filters.map { filter in
        ListQuery.Filter(
          parameter: Column(
            name: filter.name.value, swiftName: filter.swiftName, type: typeUse(filter.schema), isNullable: true,
            isPublic: false),
          column: filter.column, comparison: filter.comparison)
      },
      sorts: list.sorts, sortType: list.sortSchema.map(typeUse), pointer: list.source.pointer)
  }
}
