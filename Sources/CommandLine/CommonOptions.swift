import ArgumentParser

/// Options of every command about a community.
struct CommonOptions: ParsableArguments {
  @Option(help: "The folder of stoa.yml (default: found from the working folder upwards).")
  var source: String?

  @Flag(name: .shortAndLong, help: "Print problems only.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Print more: notes, and the time of each stage.")
  var verbose = false
}
