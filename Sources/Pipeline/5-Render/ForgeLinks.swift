import StoaAddresses
import StoaModel

/// URLs on the forge that hosts the community's repository.
struct ForgeLinks: Sendable {
  private let forge: Settings.Forge

  init?(_ forge: Settings.Forge?) {
    guard let forge else { return nil }
    self.forge = forge
  }

  /// The page for editing a file in the browser.
  func edit(_ file: String) -> String { "\(forge.url)/\(verb("edit"))/\(path(file))" }

  /// The file's commits.
  func history(_ file: String) -> String {
    "\(forge.url)/\(verb("commits"))/\(path(file))"
  }

  /// The page for creating a file in a folder in the browser.
  func newFile(in folder: String) -> String {
    "\(forge.url)/\(verb("new"))/\(path(folder))"
  }

  /// The same page with a file filled in, where the forge takes one in an address: GitLab takes only its name.
  func newFile(in folder: String, named name: String, text: String) -> String {
    let encode = { PercentEncoding.encode($0, keeping: PercentEncoding.queryValue) }
    return forge.kind == .gitlab
      ? "\(newFile(in: folder))?file_name=\(encode(name))"
      : "\(newFile(in: folder))?filename=\(encode(name))&value=\(encode(text))"
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
