import Foundation

/// Where the programs of this build and of this machine are.
public enum Programs {
  /// The path of a product of this package, built with the tests.
  public static func path(of name: String) -> String {
    folder + "/" + name
  }

  /// Whether a program is in PATH.
  public static func isInstalled(_ name: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }

  /// The root of the checkout.
  public static let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private static let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
}
