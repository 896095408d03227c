import CSpawn
import Glibc

extension ChildProcess {
  /// Starts a program that inherits nothing but the pipe whose other end is returned.
  static func spawn(
    _ arguments: [String], _ environment: [String: String]
  ) throws -> (id: pid_t, output: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Trouble.system("pipe") }
    defer { close(ends[1]) }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    // A pipe or a connection of another test, if the child kept it, would stay open when the test closes it. The child
    // closes them all: what is listed or marked here would be short of those that other threads open meanwhile.
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)

    var id: pid_t = 0
    let failure = withArguments(arguments) { arguments in
      withArguments(environment.map { "\($0.key)=\($0.value)" }) { environment in
        posix_spawn(&id, "/usr/bin/env", &actions, nil, arguments, environment)
      }
    }
    guard failure == 0 else {
      close(ends[0])
      throw Trouble.system("Cannot start \(arguments)", failure)
    }
    return (id, ends[0])
  }
}

private func withArguments<Value>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
) -> Value {
  let pointers = texts.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers + [nil])
}
