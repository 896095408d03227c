import PackagePlugin

/// Has `specgen` write a target's code from the package's `api.yaml`: contract cases for a test target, everything else
/// for any other.
@main
struct SpecGenPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    let spec = context.package.directoryURL.appending(path: "api.yaml")
    let output = context.pluginWorkDirectoryURL
    let isTest = (target as? any SourceModuleTarget)?.kind == .test
    let files = isTest ? OutputFiles.contract : OutputFiles.swift
    return [
      .buildCommand(
        displayName: "SpecGen: api.yaml → \(target.name)",
        executable: try context.tool(named: "specgen").url,
        arguments: [
          "generate", "--spec", spec.path(percentEncoded: false), "--output", output.path(percentEncoded: false),
          "--only", isTest ? "contract" : "swift",
        ],
        inputFiles: [spec],
        outputFiles: files.map { output.appending(path: $0) })
    ]
  }
}
