import StoaPlatform
import StoaSystem

/// Finds tools for a build: first in the project's own Python environment, then on `PATH`.
package struct ToolFinder: Sendable {
  /// Folders that may hold a `.venv`: the community's, and the checkout that the program was built in.
  private let projects: [String]
  private let searchPath: String

  /// Finds no tool.
  package static let none = ToolFinder(projects: [], searchPath: "")

  private init(projects: [String], searchPath: String) {
    self.projects = projects
    self.searchPath = searchPath
  }

  /// Looks below the community's folder, and below the checkout if the program is in one.
  package init(root: String, program: String, searchPath: String) {
    var projects = [root]
    if let build = program.firstRange(of: "/.build/") {
      projects.append(String(program[..<build.lowerBound]))
    }
    self.projects = projects
    self.searchPath = searchPath
  }

  /// The Pythons to try, in order.
  package var pythons: [String] {
    projectPythons + [onPath("python3")].compactMap { $0 }
  }

  /// The Pythons of the project's own environments.
  package var projectPythons: [String] {
    projects.map { "\($0)/.venv/bin/python" }.filter(Self.isExecutable)
  }

  /// A program on `PATH`; relative folders there are skipped, because they depend on the working folder.
  package func onPath(_ name: String) -> String? {
    searchPath.split(separator: ":").lazy.filter { $0.hasPrefix("/") }
      .map { "\($0)/\(name)" }.first(where: Self.isExecutable)
  }

  /// A program on the environment's `PATH`.
  package static func onPath(_ name: String) -> String? {
    ToolFinder(projects: [], searchPath: Machine.searchPath).onPath(name)
  }

  private static func isExecutable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && access(path, X_OK) == 0
  }
}
