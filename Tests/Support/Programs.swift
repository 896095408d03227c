import Foundation

/// Where the programs of this build are.
public enum Programs {
  /// The path of a product of this package, built with the tests.
  public static func path(of name: String) -> String {
    folder + "/" + name
  }

  /// The root of the checkout.
  public static let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private static let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
}
