// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// Warnings are errors where nobody reads them: in continuous integration (`PARLEY_STRICT=1`, set by `.ci/run`).
let strict = ProcessInfo.processInfo.environment["PARLEY_STRICT"] == "1"

/// Settings of code that SpecGen writes: whether an import is public depends on what `api.yaml` uses.
let generated: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (strict ? [.treatAllWarnings(as: .error)] : [])

/// Settings of code that people write.
let written: [SwiftSetting] = generated + [.enableUpcomingFeature("InternalImportsByDefault")]

/// How debug builds of the large targets are divided: one compiler process a core, with files drawn by lot (the same at
/// each build), for files of a kind have neighbouring names, and the largest would come last. They and the process that
/// emits the module start at once: the driver does not always start the next process where one has ended.
let divided: [SwiftSetting] = {
  let cores = ProcessInfo.processInfo.activeProcessorCount
  let flags = ["-j\(cores + 1)", "-driver-batch-count", "\(cores)", "-driver-batch-seed", "1"]
  return [.unsafeFlags(flags, .when(configuration: .debug))]
}()

/// A system library behind a module map.
func system(_ name: String, at folder: String, pkgConfig: String? = nil, package: String) -> Target {
  .systemLibrary(name: name, path: "\(folder)/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

/// One concern of the runtime: one folder, one target.
func runtime(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: "Sources/Runtime/\(name)", swiftSettings: written)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], plugins: [Target.PluginUsage] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude, swiftSettings: written,
    plugins: plugins)
}

let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let nio = ["NIOCore", "NIOPosix", "NIOHTTP1"].map { Target.Dependency.product(name: $0, package: "swift-nio") }
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "parley",
  products: [
    .executable(name: "parley", targets: ["parley"]),
    .executable(name: "specgen", targets: ["specgen"]),
    // What the packages that `specgen generate` writes stand on.
    .library(name: "Runtime", targets: ["HTTP", "JSON", "Storage", "Values"]),
  ],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // SpecGen: api.yaml becomes code. Nothing here but libyaml and the standard library: everyone waits for it first.
    system("CLibYAML", at: "Plugins/SpecGen", pkgConfig: "yaml-0.1", package: "libyaml-dev"),
    .target(
      name: "SpecGenCore", dependencies: ["CLibYAML"], path: "Plugins/SpecGen/Core",
      swiftSettings: written + divided),
    .executableTarget(
      name: "specgen", dependencies: ["SpecGenCore"], path: "Plugins/SpecGen/Tool", swiftSettings: written),
    .plugin(
      name: "SpecGenPlugin", capability: .buildTool(), dependencies: ["specgen"], path: "Plugins/SpecGen/Plugin"),

    // Runtime: what generated code stands on. It knows nothing of this API.
    system("CLibpq", at: "Sources/Runtime", pkgConfig: "libpq", package: "libpq-dev"),
    system("CSQLite", at: "Sources/Runtime", pkgConfig: "sqlite3", package: "libsqlite3-dev"),
    system("COpenSSL", at: "Sources/Runtime", pkgConfig: "libcrypto", package: "libssl-dev"),
    system("CCrypt", at: "Sources/Runtime", pkgConfig: "libcrypt", package: "libcrypt-dev"),
    system("CLibcurl", at: "Sources/Runtime", pkgConfig: "libcurl", package: "libcurl4-openssl-dev"),
    runtime("Values"),
    runtime("JSON", ["Values"]),
    runtime("HTTP", ["JSON", "Values", httpTypes]),
    runtime("HTTPServer", ["HTTP", "Values", hummingbirdCore, httpTypes, logging, lifecycle] + nio),
    .systemLibrary(name: "CEpoll", path: "Sources/Runtime/CEpoll"),
    runtime("EventLoop", ["CEpoll"]),
    runtime("Storage", ["Values"]),
    runtime("Postgres", ["Storage", "EventLoop", "Values", "CLibpq"]),
    runtime("SQLite", ["Storage", "Values", "CSQLite"]),
    runtime("Security", ["JSON", "Values", "COpenSSL", "CCrypt"]),
    runtime("AIClient", ["JSON", "EventLoop", "Values", "CLibcurl"]),

    .target(
      name: "Generated", dependencies: ["HTTP", "JSON", "Storage", "Values", httpTypes],
      path: "Sources/Generated", swiftSettings: generated + divided, plugins: ["SpecGenPlugin"]),
    .target(
      name: "Handlers",
      dependencies: ["Generated", "AIClient", "HTTP", "JSON", "Security", "Storage", "Values", logging],
      path: "Sources/Handlers", swiftSettings: written),
    .executableTarget(
      name: "parley",
      dependencies: [
        "Handlers", "Generated", "AIClient", "HTTP", "HTTPServer", "JSON", "Postgres", "SQLite", "Security",
        "Storage", "Values", arguments, httpTypes, lifecycle, logging, signals,
      ],
      path: "Sources/Server",
      resources: [.embedInCode("Page")],
      swiftSettings: written),

    .executableTarget(
      name: "storage-bench", dependencies: ["Postgres", "SQLite", "Storage", "Values", "CSQLite"],
      path: "Tests/Benchmarks/storage", exclude: ["run", "select.sql", "insert.sql"], swiftSettings: written),

    // Generated code beside Foundation's coders.
    .executableTarget(
      name: "json-bench", dependencies: ["Documents", "JSON", "Values"], path: "Tests/Benchmarks/json",
      exclude: ["run"], swiftSettings: written),
    // Listens to thousands of streams.
    .executableTarget(
      name: "stream-bench", dependencies: ["CEpoll"], path: "Tests/Benchmarks/stream",
      exclude: ["run", "seed.sql", "seed-sqlite.py"], swiftSettings: written),

    // Tests, and the upstream that they talk to: a process of its own that speaks the three dialects, faults included.
    .executableTarget(
      name: "upstream", dependencies: ["JSON", arguments] + nio, path: "Tests/Upstream", swiftSettings: written),
    // Generated code is compiled there against the runtime.
    tests(
      "SpecGenTests", ["SpecGenCore", "TestSupport", "HTTP", "JSON", "Storage", "Values", httpTypes],
      exclude: ["Client", "Goldens"]),
    // What SpecGen makes of every shape of schema, compiled as it stands in the golden files.
    .target(
      name: "Shapes", dependencies: ["HTTP", "JSON", "Storage", "Values", httpTypes],
      path: "Tests/SpecGenTests/Goldens/Swift/shapes", exclude: ["api.yaml"], swiftSettings: generated),
    // Gives parsers texts that nobody would write: see script/fuzz.
    .executableTarget(
      name: "fuzz", dependencies: ["AIClient", "HTTP", "JSON", "Shapes", "SpecGenCore", "TestSupport", httpTypes],
      path: "Tests/Fuzz", exclude: ["Seeds"], swiftSettings: written),
    tests("ShapesTests", ["Shapes", "JSON", "TestSupport", "Values"]),
    // Documents that the benchmark of JSON reads and writes.
    .target(
      name: "Documents", dependencies: ["HTTP", "JSON", "Storage", "Values", httpTypes],
      path: "Tests/SpecGenTests/Goldens/Swift/documents", exclude: ["api.yaml"], swiftSettings: generated),
    .target(
      name: "Streams", dependencies: ["HTTP", "JSON", "Storage", "Values", httpTypes],
      path: "Tests/SpecGenTests/Goldens/Swift/streams", exclude: ["api.yaml"], swiftSettings: generated),
    tests("StreamsTests", ["Streams", "HTTP", "JSON", "Values", httpTypes]),
    // And of every kind of parameter and request body.
    .target(
      name: "Requests", dependencies: ["HTTP", "JSON", "Storage", "Values", httpTypes],
      path: "Tests/SpecGenTests/Goldens/Swift/requests", exclude: ["api.yaml"], swiftSettings: generated),
    tests("RequestsTests", ["Requests", "HTTP", "JSON", "Values", httpTypes]),
    tests("ValuesTests", ["Values"]),
    tests("JSONTests", ["JSON", "TestSupport", "Values"]),
    tests("RulesTests", ["JSON", "SpecGenCore", "TestSupport"], exclude: ["meta.json", "exceptions.txt"]),
    // Random schemas and values: what must hold of all of them.
    tests("PropertyTests", ["JSON", "SpecGenCore", "TestSupport"]),
    tests("HTTPTests", ["HTTP", "JSON", "Values", httpTypes]),
    tests("GeneratedTests", ["Generated", "HTTP", "JSON", "Storage", "Values", httpTypes]),
    tests(
      "HandlersTests",
      [
        "Handlers", "Generated", "AIClient", "HTTP", "JSON", "Postgres", "SQLite", "Security", "Storage",
        "TestSupport", "Values", logging,
      ]),
    tests("HTTPServerTests", ["HTTPServer", "HTTP", httpTypes, logging, lifecycle] + nio),
    tests(
      "ServerTests", ["parley", "AIClient", "HTTP", "HTTPServer", "Security", "Values", httpTypes, logging]),
    tests(
      "StorageTests",
      ["TestSupport", "Storage", "Postgres", "SQLite", "EventLoop", "Generated", "SpecGenCore", "Values"]),
    tests(
      "ConformanceTests",
      [
        "Generated", "JSON", "Postgres", "SQLite", "SpecGenCore", "Storage", "TestSupport", "Values", "CLibpq",
        "CSQLite",
      ]),
    tests("SecurityTests", ["Security", "Values"]),
    tests("AIClientTests", ["AIClient", "JSON", "TestSupport", "upstream"]),
    tests("ContractTests", ["JSON", "TestSupport", "parley"], plugins: ["SpecGenPlugin"]),
    .systemLibrary(name: "CSpawn", path: "Tests/Support/CSpawn"),
    .target(
      name: "TestSupport", dependencies: ["CSpawn", "JSON"], path: "Tests/Support", exclude: ["CSpawn"],
      swiftSettings: written),
    tests("SupportTests", ["TestSupport"]),
    // Writes to SQLite until a test kills it.
    .executableTarget(
      name: "sqlitewriter", dependencies: ["SQLite", "Storage"], path: "Tests/SQLiteWriter", swiftSettings: written),
    tests("TortureTests", ["EventLoop", "Postgres", "SQLite", "Storage", "TestSupport", "sqlitewriter"]),
    .executableTarget(
      name: "migrator", dependencies: ["Postgres", "SQLite", "Storage"], path: "Tests/Migrator", swiftSettings: written),
    tests("MigrationTests", ["Postgres", "SQLite", "Storage", "TestSupport", "Values", "migrator"]),
    tests("EndToEndTests", ["JSON", "TestSupport", "parley", "upstream"]),
    tests("TurnTortureTests", ["JSON", "TestSupport", "parley", "upstream"]),
  ],
  swiftLanguageModes: [.v6]
)
