import HTTP
import Handlers
import Storage
import Testing

@Suite("Errors as problems")
struct ProblemsTests {
  @Test(
    "Who met a deadlock or a conflict of transactions is asked to try again, other errors of the database are ours",
    arguments: [("40P01", "overloaded"), ("40001", "overloaded"), ("42P01", "internal-error")])
  func sqlStates(state: String, code: String) {
    #expect(Problems.problem(for: StorageError(.sqlState(state), "told to fail")).code == code)
  }
}
