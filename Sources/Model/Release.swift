import CRelease

/// The release that this program belongs to; Package.swift gets it from the environment of the build.
package enum Release {
  /// The URL of the repository that published it; nil for a program that was compiled locally.
  package static var repository: String? {
    let address = String(cString: stoa_release_repository())
    return address.isEmpty ? nil : address
  }

  /// The libraries that are linked in, each with its version; empty if the system's are used.
  package static var libraries: [String] {
    String(cString: stoa_release_libraries()).split(separator: ";").map(String.init)
  }
}
