import Storage

/// Runs what blocks on a thread of its own: rare calls into C that neither the loop nor the cooperative pool may wait
/// for.
func runAside(_ body: @escaping @Sendable () -> Void) {
  // Without threads left, late is better than never.
  do { try startThread(body) } catch { body() }
}
