import StoaSystem

extension Machine {
  /// The folder of Stoa's own source, if this program lies where it was built.
  static var checkout: String? {
    let path = executablePath
    return path.firstRange(of: "/.build/").map { String(path[..<$0.lowerBound]) }
  }
}
