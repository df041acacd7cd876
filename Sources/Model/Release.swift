import CRelease

/// What a program knows of the release that it is part of; Package.swift gets it from the environment of the build.
package enum Release {
  /// The address of the repository that published it; nil for a program that somebody compiled.
  package static var repository: String? {
    let address = String(cString: stoa_release_repository())
    return address.isEmpty ? nil : address
  }

  /// The libraries that are linked in, each with its version; none where the system's are used.
  package static var libraries: [String] {
    String(cString: stoa_release_libraries()).split(separator: ";").map(String.init)
  }
}
