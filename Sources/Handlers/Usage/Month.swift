import Values

/// A calendar month in UTC.
struct Month {
  let start: Timestamp
  /// The start of the month after it.
  let next: Timestamp

  init(of moment: Timestamp) {
    let today = CalendarDate(moment)
    start = today.start - .seconds((today.day - 1) * 24 * 60 * 60)
    // No month has more than 31 days, and none ends before the fourth day of 31.
    let beyond = CalendarDate(start + .seconds(31 * 24 * 60 * 60))
    next = beyond.start - .seconds((beyond.day - 1) * 24 * 60 * 60)
  }

  var first: CalendarDate { CalendarDate(start) }
}
