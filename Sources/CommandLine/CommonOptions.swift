import ArgumentParser

/// Options of every command about a community.
struct CommonOptions: ParsableArguments {
  @Option(help: "The folder of stoa.yml (default: found from the working folder upwards).")
  var source: String?

  @Flag(name: .shortAndLong, help: "Print only what is wrong.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Print more: notes, and where the time went.")
  var verbose = false
}
