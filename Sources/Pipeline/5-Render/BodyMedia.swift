import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

// Writes images, audio and video.
extension BodyWriter {
  func image(
    _ target: LinkedBody.Target, _ alternative: String, _ title: String, _ ownWidth: Int?,
    _ ownHeight: Int?, _ progress: Progress, into buffer: inout ByteBuffer
  ) {
    if case .medium(let address, let medium) = target {
      player(address, medium, alternative, title, ownWidth, ownHeight, progress, into: &buffer)
      return
    }
    guard case .image(let address, let width, let height) = target else {
      // An image of another site becomes a link, so that a reader's browser sends no request to that site; a missing image
      // becomes its alternative text.
      let words = alternative.isEmpty ? context.strings.text("image") : alternative
      if case .external = target, !progress.isInLink {
        openLink(target, title: title, into: &buffer)
        buffer.writeEscaped(words)
        buffer.write("</a>")
      } else {
        buffer.writeEscaped(words)
      }
      return
    }
    let dark = medium == .page ? context.darkImages[address.path] : nil
    if let dark {
      buffer.write("<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"")
      buffer.writeEscaped(href(dark))
      buffer.write("\">")
    }
    buffer.write("<img src=\"")
    buffer.writeEscaped(href(address))
    buffer.write("\" alt=\"")
    buffer.writeEscaped(alternative)
    buffer.write("\"")
    if !title.isEmpty {
      buffer.write(" title=\"")
      buffer.writeEscaped(title)
      buffer.write("\"")
    }
    let size = Self.size(width, height, wished: ownWidth, ownHeight)
    if let width = size.width { buffer.write(" width=\"\(width)\"") }
    if let height = size.height { buffer.write(" height=\"\(height)\"") }
    if medium == .page {
      buffer.write(
        progress.images == 1 && beginsPage
          ? " decoding=\"async\"" : " loading=\"lazy\" decoding=\"async\"")
    }
    buffer.write(dark == nil ? ">" : "></picture>")
  }

  /// A player, with a link in it for readers without one; in a feed and within a link there is no player.
  func player(
    _ address: SiteAddress, _ kind: StoaModel.Medium, _ alternative: String, _ title: String,
    _ width: Int?, _ height: Int?, _ progress: Progress, into buffer: inout ByteBuffer
  ) {
    let file = address.path.utf8.lastIndex(of: UInt8(ascii: "/"))
      .map { String(address.path[address.path.utf8.index(after: $0)...]) }
    let words = alternative.isEmpty ? file ?? address.path : alternative
    guard !progress.isInLink else { return buffer.writeEscaped(words) }
    let isPage = medium == .page
    if isPage {
      buffer.write(kind == .video ? "<video" : "<audio")
      buffer.write(" controls=\"\" preload=\"metadata\" src=\"")
      buffer.writeEscaped(href(address))
      buffer.write("\" aria-label=\"")
      buffer.writeEscaped(words)
      buffer.write("\"")
      if kind == .video {
        if let width { buffer.write(" width=\"\(width)\"") }
        if let height { buffer.write(" height=\"\(height)\"") }
      }
      buffer.write(">")
    }
    openLink(.site(address, title: ""), title: title, into: &buffer)
    buffer.writeEscaped(words)
    buffer.write("</a>")
    if isPage { buffer.write(kind == .video ? "</video>" : "</audio>") }
  }

  /// The width and height of an image, if they can be determined, so that nothing moves when the image is loaded.
  ///
  /// The author's width and height are a box that the image fits into, because browsers keep the image's own aspect ratio.
  static func size(
    _ width: Int?, _ height: Int?, wished ownWidth: Int?, _ ownHeight: Int?
  ) -> (width: Int?, height: Int?) {
    guard let width, let height, width > 0, height > 0 else { return (ownWidth, ownHeight) }
    switch (ownWidth, ownHeight) {
    case (nil, nil): return (width, height)
    case (let own?, nil) where own <= 1 << 20: return (own, max(1, own * height / width))
    case (nil, let own?) where own <= 1 << 20: return (max(1, own * width / height), own)
    case (let ownWidth?, let ownHeight?) where ownWidth <= 1 << 20 && ownHeight <= 1 << 20:
      let fitting = ownHeight * width / height
      // Rounded sizes stay as they are.
      if abs(fitting - ownWidth) <= 1 { return (ownWidth, ownHeight) }
      return fitting < ownWidth
        ? (max(1, fitting), ownHeight) : (ownWidth, max(1, ownWidth * height / width))
    default: return (ownWidth, ownHeight)
    }
  }
}
