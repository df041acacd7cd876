import StoaSystem

extension Machine {
  /// The folder of Stoa's own source, if this program is in the folder in which it was built.
  static var checkout: String? {
    let path = executablePath
    return path.firstRange(of: "/.build/").map { String(path[..<$0.lowerBound]) }
  }
}
