/// Removes from an image what its author did not mean to publish: time and place, the camera, and names.
package enum ImageMetadata {
  /// A JPEG, PNG or WebP without Exif (above all GPS), XMP, IPTC, comments, thumbnails, and bytes after its end.
  ///
  /// An allowlist decides what is kept: the image data, its colour profile, and its orientation. Anything that cannot be read is
  /// removed. A file of any other format is returned unchanged.
  package static func removed(from bytes: [UInt8]) -> [UInt8] {
    switch ImageFormat(of: ByteSource(bytes)) {
    case .jpeg: JPEGCleaner(bytes).cleaned
    case .png: PNGCleaner(bytes).cleaned
    case .webp: WebPCleaner(bytes).cleaned
    case .gif, .avif, nil: bytes
    }
  }
}
