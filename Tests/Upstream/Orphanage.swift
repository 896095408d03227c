import Foundation

/// Sees to it that no server is left behind.
enum Orphanage {
  /// Ends the process when a pipe at standard input is closed, or when the parent changes.
  static func exitWithParent() {
    // Whoever reads the line with the address may wait for it.
    fflush(nil)
    let parent = getppid()
    Thread.detachNewThread {
      var status = stat()
      let isPipe = fstat(STDIN_FILENO, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
      while getppid() == parent {
        var input = pollfd(fd: isPipe ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0)
        guard poll(&input, 1, 1000) > 0 else { continue }
        var byte: UInt8 = 0
        if read(STDIN_FILENO, &byte, 1) <= 0 { break }
      }
      exit(0)
    }
  }
}
