internal import ArgumentParser

/// What every command about a community takes.
internal struct CommonOptions: ParsableArguments {
  @Option(help: "The folder of stoa.yml (default: found from the working folder upwards).")
  internal var source: String?

  @Flag(name: .shortAndLong, help: "Print only what is wrong.")
  internal var quiet = false

  @Flag(name: .shortAndLong, help: "Print more: notes, and where the time went.")
  internal var verbose = false
}
