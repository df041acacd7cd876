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
  private var byFile: [String: Int] = [:]
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
    if isSound { byFile[parts.joined(separator: "/")] = all.count }
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

  /// Attachments of other posts that a text shows: each post has a copy of what it shows.
  func shared(with text: [UInt8], besides names: Set<String>) -> [Attachment] {
    let marker = Array("/wp-content/uploads/".utf8)
    var names = names
    var found: [Attachment] = []
    var rest = text[...]
    while let mark = rest.range(of: marker) {
      let word = rest[mark.upperBound...].prefix(1_000).prefix {
        $0 > 0x20 && !"\"'<>()?#&,".utf8.contains($0)
      }
      rest = rest[word.endIndex...]
      let file = Self.withoutSize(String(decoding: word, as: UTF8.self))
      guard let index = byFile[file], let path = all[index].file,
        ForeignFile.exists(path, below: all[index].uploads), names.insert(all[index].name).inserted
      else { continue }
      found.append(all[index])
    }
    return found
  }

  /// The name of a picture in the size in which it was uploaded: `a-300x200.png` is `a.png`.
  private static func withoutSize(_ file: String) -> String {
    let stem = StaticmanLayout.stem(of: file)
    guard let dash = stem.lastIndex(of: "-") else { return file }
    let size = stem[stem.index(after: dash)...].split(
      separator: "x", omittingEmptySubsequences: false)
    guard size.count == 2, size.allSatisfy({ Int($0) != nil }) else { return file }
    return String(stem[..<dash]) + file.dropFirst(stem.count)
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
