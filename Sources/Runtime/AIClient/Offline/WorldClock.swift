import FoundationEssentials

/// Questions about the date and the time, answered in UTC: the model does not know where the user is.
enum WorldClock {
  private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  static func answer(to sentence: Sentence, now: Date) -> String? {
    guard sentence.isQuestion || sentence.keys.first == "tell" else { return nil }
    let asksTime = ["what time", "the time", "current time"].contains(where: sentence.contains)
    let asksDate = ["what day", "the date", "what date", "current date", "day is it", "day is today"]
      .contains(where: sentence.contains)
    guard asksTime || asksDate else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let parts = calendar.dateComponents([.year, .month, .day, .weekday, .hour, .minute], from: now)
    guard let year = parts.year, let month = parts.month, let day = parts.day, let weekday = parts.weekday,
      let hour = parts.hour, let minute = parts.minute
    else { return nil }
    let date = "\(days[weekday - 1]), \(day) \(months[month - 1]) \(year)"
    let time = "\(hour):\(minute < 10 ? "0" : "")\(minute) UTC"
    if asksTime && asksDate { return "It is \(time) on \(date)." }
    return asksTime ? "It is \(time)." : "Today is \(date) (UTC)."
  }
}
