import SpecGenCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

let arguments = Array(CommandLine.arguments.dropFirst())
do {
  exit(try Command.run(arguments))
} catch let error as UsageError {
  File.writeToStandardError("specgen: \(error.message)\n\n\(Command.usage)")
  exit(64)
} catch let error as FileError {
  File.writeToStandardError("specgen: error: \(error.message)\n")
  exit(1)
}
