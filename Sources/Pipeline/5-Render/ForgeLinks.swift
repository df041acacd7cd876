import StoaAddresses
import StoaModel

/// Addresses on the forge where the community's repository lives.
struct ForgeLinks: Sendable {
  private let forge: Settings.Forge

  init?(_ forge: Settings.Forge?) {
    guard let forge else { return nil }
    self.forge = forge
  }

  /// Where a file can be edited in the browser.
  func edit(_ file: String) -> String { "\(forge.url)/\(verb("edit"))/\(path(file))" }

  /// The file's commits.
  func history(_ file: String) -> String {
    "\(forge.url)/\(verb("commits"))/\(path(file))"
  }

  /// Where a new file in a folder can be written in the browser.
  func newFile(in folder: String) -> String {
    "\(forge.url)/\(verb("new"))/\(path(folder))"
  }

  private func path(_ file: String) -> String {
    "\(branch)/\(PercentEncoding.encode(file, keeping: PercentEncoding.path))"
  }

  private var branch: String {
    PercentEncoding.encode(forge.branch, keeping: PercentEncoding.path)
  }

  private func verb(_ verb: String) -> String {
    switch (forge.kind, verb) {
    case (.github, _): verb
    case (.gitlab, _): "-/\(verb)"
    case (.forgejo, "edit"): "_edit"
    case (.forgejo, "new"): "_new"
    case (.forgejo, _): "commits/branch"
    }
  }
}
