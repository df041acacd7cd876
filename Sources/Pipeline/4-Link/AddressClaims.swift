import StoaAddresses
import StoaModel

/// The owner of each output file, so that no two items are written to the same path.
struct AddressClaims: Sendable {
  enum Claimant: Sendable, Equatable {
    /// A list, a feed or another page without a file of content.
    case generated
    /// A file of content, or a topic or contributor without one, as diagnostics name it.
    case item(String)
    case alias(of: String, at: SourceLocation)
    /// No item: the address was removed on purpose.
    case gone
  }

  /// The owner of a conflicting path.
  struct Conflict {
    let other: Claimant
    /// Set when one of the two would have to be a folder and the other a file: the address of the file.
    let file: SiteAddress?
  }

  private var files: [String: Claimant] = [:]
  /// The folders of the output, each with an owner of a file below it.
  private var folders: [String: Claimant] = [:]

  subscript(address: SiteAddress) -> Claimant? { files[address.outputPath] }

  /// Claims an address, unless it has an owner or conflicts with another file's path.
  mutating func take(_ address: SiteAddress, for claimant: Claimant) -> Conflict? {
    let path = address.outputPath
    if let other = files[path] { return Conflict(other: other, file: nil) }
    if let other = folders[path] { return Conflict(other: other, file: address) }
    var fresh: [String] = []
    var folder = path.pathFolder
    // No parent of a known folder is a file.
    while !folder.isEmpty, folders[folder] == nil {
      if let other = files[folder] {
        return Conflict(other: other, file: SiteAddress("/" + folder))
      }
      fresh.append(folder)
      folder = folder.pathFolder
    }
    files[path] = claimant
    for folder in fresh { folders[folder] = claimant }
    return nil
  }

  mutating func reserveCapacity(_ count: Int) {
    files.reserveCapacity(count)
    folders.reserveCapacity(count)
  }

  mutating func release(_ address: SiteAddress) { files[address.outputPath] = nil }
}

extension AddressClaims.Claimant {
  /// The place of the claimant in the content, if it has one.
  var notes: [Diagnostic.Note] {
    switch self {
    case .item(let file) where file.hasPrefix("content/"):
      [Diagnostic.Note("has the address", at: SourceLocation(file: file))]
    case .alias(_, let location): [Diagnostic.Note("first used here", at: location)]
    case .item, .generated, .gone: []
    }
  }
}

extension AddressClaims.Claimant: CustomStringConvertible {
  /// The claimant as the end of “the address of …”.
  var description: String {
    switch self {
    case .generated: "a page that Stoa makes"
    case .item(let name): name
    case .alias(let title, _): "an alias of “\(title)”"
    case .gone: "a removed address"
    }
  }
}

extension Diagnostic {
  /// Two items that would be written to the same path.
  init(_ conflict: AddressClaims.Conflict, over address: SiteAddress, file: String) {
    let message =
      if let blocked = conflict.file {
        "“\(blocked.path)” would be a folder and a file: for this and for \(conflict.other)"
      } else {
        "“\(address.path)” would be the address of this and of \(conflict.other)"
      }
    self.init(
      .duplicateAddress, at: SourceLocation(file: file), message,
      suggestion: conflict.other == .generated ? "rename the file" : "rename one of the two",
      notes: conflict.other.notes)
  }

  /// An alias that would hide another item at its address.
  init(shadowed alias: Located<String>, by conflict: AddressClaims.Conflict) {
    let message =
      switch (conflict.file, conflict.other) {
      case (let blocked?, let other):
        "“\(alias.value)” cannot be a page: “\(blocked.path)” is \(other)"
      case (nil, .alias(let title, _)): "“\(alias.value)” is already an alias of “\(title)”"
      case (nil, let other): "“\(alias.value)” is the address of \(other)"
      }
    self.init(
      .shadowedAlias, at: alias.location, message, suggestion: "take the alias out",
      notes: conflict.other.notes)
  }
}
