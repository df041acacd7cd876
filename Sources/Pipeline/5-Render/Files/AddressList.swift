import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

/// The addresses and anchors of the site that readers keep, sorted: a later version must have them.
struct AddressList: Rendering {
  /// The addresses of pages and feeds.
  let generated: [SiteAddress]
  let redirects: [Redirect]

  /// Every address and anchor, encoded: lists and files too, because one of them may have taken the place of something kept.
  ///
  /// The theme's own files are not included: their names have a hash of their bytes, so links to them do not last.
  func lines(_ community: Community) -> [String] {
    sorted(community, onlyKept: false) { bytes, lines in
      lines.map { String(decoding: bytes[$0], as: UTF8.self) }
    }
  }

  /// Appends the addresses that readers keep, encoded, one in each line.
  func write(_ context: RenderContext, into buffer: inout ByteBuffer) {
    sorted(context.view.community, onlyKept: true) { bytes, lines in
      for line in lines {
        buffer.write(UnsafeBufferPointer(rebasing: bytes[line]))
        buffer.write("\n")
      }
    }
  }

  /// The addresses in order, without duplicates, as ranges of one byte buffer: a large community has a hundred thousand, and
  /// strings are slow to sort.
  private func sorted<Result>(
    _ community: Community, onlyKept: Bool,
    _ use: (UnsafeBufferPointer<UInt8>, [Range<Int>]) -> Result
  ) -> Result {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    collect(community, onlyKept: onlyKept) { page, fragment in
      bytes += page.utf8
      if !fragment.isEmpty {
        bytes.append(UInt8(ascii: "#"))
        bytes += PercentEncoding.encode(fragment, keeping: PercentEncoding.fragment).utf8
      }
      ends.append(bytes.count)
    }
    return bytes.withUnsafeBufferPointer { bytes in
      var lines = zip([0] + ends, ends).map { $0..<$1 }
      lines.sort { bytes.precedes($0, $1) }
      let isNew = lines.indices.map { $0 == 0 || bytes.precedes(lines[$0 - 1], lines[$0]) }
      return use(bytes, zip(lines, isNew).filter { $1 }.map { $0.0 })
    }
  }

  /// Every page or file, encoded, with each of its anchors.
  private func collect(
    _ community: Community, onlyKept: Bool, _ take: (_ page: String, _ fragment: String) -> Void
  ) {
    for address in generated + community.files.map(\.address) + redirects.map(\.from)
    where !onlyKept || KeptAddress(address.path) != nil {
      take(address.with(fragment: "").encoded(), address.fragment)
    }
    for conversation in community.conversations {
      let page = conversation.address.encoded()
      collect(conversation.body.document.headings, of: page, take)
      for moved in conversation.moved { take(page, moved.fragment) }
      for responses in [conversation.responses, conversation.mentions] {
        for index in responses.indices {
          take(page, responses[index].fragment)
          for anchor in responses[index].anchors { take(page, anchor) }
        }
      }
    }
    for page in community.pages {
      collect(page.body.document.headings, of: page.address.encoded(), take)
    }
  }

  private func collect(
    _ headings: [Heading], of page: String, _ take: (_ page: String, _ fragment: String) -> Void
  ) {
    for heading in headings {
      take(page, heading.id)
      for id in heading.formerIDs { take(page, id) }
    }
  }
}
