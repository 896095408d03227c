import Foundation
import PackagePlugin

/// Has `specgen` write a target's code from the package's `api.yaml`: contract cases for a test target, everything else
/// for any other.
///
/// What `api.yaml` refers to is in the folder `api` beside it. Every file there is an input of the build, for nothing
/// here reads YAML; `specgen` refuses a reference to any other file, whose edits nobody would see.
@main
struct SpecGenPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    let spec = context.package.directoryURL.appending(path: "api.yaml")
    let folder = context.package.directoryURL.appending(path: "api")
    let output = context.pluginWorkDirectoryURL
    let isTest = (target as? any SourceModuleTarget)?.kind == .test
    let outputs = isTest ? OutputFiles.contract : OutputFiles.swift
    return [
      .buildCommand(
        displayName: "SpecGen: api.yaml → \(target.name)",
        executable: try context.tool(named: "specgen").url,
        arguments: [
          "generate", "--spec", spec.path(percentEncoded: false), "--output", output.path(percentEncoded: false),
          "--only", isTest ? "contract" : "swift", "--within", folder.path(percentEncoded: false),
        ],
        inputFiles: [spec] + files(in: folder),
        outputFiles: outputs.map { output.appending(path: $0) })
    ]
  }

  /// The specification's files in a folder and the folders within it, sorted; none where there is no such folder.
  private func files(in folder: URL) -> [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (found?.compactMap { $0 as? URL } ?? [])
      .filter { ["yaml", "yml", "json"].contains($0.pathExtension) }
      .sorted { $0.path < $1.path }
  }
}
