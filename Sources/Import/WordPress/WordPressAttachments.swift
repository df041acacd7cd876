import StoaAddresses

/// The attachments of a WordPress site: the post that each belongs to, and the copy of its file.
struct WordPressAttachments {
  struct Attachment {
    let key: String
    let address: String
    /// The name in the post's bundle.
    let name: String
    /// The file by its path below `uploads`; nil when there is none.
    let file: String?
    /// The absolute path of the folder of uploads.
    let uploads: String
  }

  private(set) var all: [Attachment] = []
  private var byParent: [String: [Int]] = [:]
  private var taken: Set<Int> = []

  mutating func add(_ item: WordPressItem, uploads: String?) {
    let address = item.attachmentAddress
    let path = OldAddress.path(of: address) ?? ""
    let marker = "/wp-content/uploads/"
    var below = path
    if let start = path.utf8.indexAfter(Array(marker.utf8)) { below = String(path[start...]) }
    let parts = below.split(separator: "/").map(String.init)
    let name = parts.last ?? ""
    let isSound = !name.isEmpty && parts.allSatisfy { AssetName.problem(in: $0) == nil }
    let file = uploads != nil && isSound ? parts.joined(separator: "/") : nil
    byParent[item.parent, default: []].append(all.count)
    all.append(
      Attachment(key: item.key, address: address, name: name, file: file, uploads: uploads ?? ""))
  }

  /// The attachments of a post whose files exist: they are copied into its bundle.
  mutating func take(of post: String) -> [Attachment] {
    var names: Set<String> = []
    var found: [Attachment] = []
    for index in byParent[post] ?? [] where !taken.contains(index) {
      let attachment = all[index]
      guard let file = attachment.file, ForeignFile.exists(file, below: attachment.uploads),
        names.insert(attachment.name).inserted
      else { continue }
      taken.insert(index)
      found.append(attachment)
    }
    return found
  }

  /// The outcome of attachments that belong to no post.
  func leftOvers(hasUploads: Bool) -> [ImportReport.Entry] {
    all.enumerated().filter { !taken.contains($0.offset) }.map { _, attachment in
      let reason =
        hasUploads
        ? "no imported post has it, or its file is missing from the uploads"
        : "no folder of uploads was given (--uploads)"
      return ImportReport.Entry(
        noun: "attachment", source: "\(attachment.key) \(attachment.address)",
        outcome: .leftOut(reason: reason))
    }
  }
}

extension String.UTF8View {
  /// The index after the first occurrence of these bytes.
  fileprivate func indexAfter(_ wanted: [UInt8]) -> Index? {
    var start = startIndex
    while let found = self[start...].firstIndex(of: wanted[0]) {
      if self[found...].starts(with: wanted) { return index(found, offsetBy: wanted.count) }
      start = index(after: found)
    }
    return nil
  }
}
