/// Takes out of an image what its maker did not mean to publish: where and when it was taken, with what, and by whom.
package enum ImageMetadata {
  /// A JPEG, PNG or WebP without Exif (GPS first of all), XMP, IPTC, comments, thumbnails, and bytes after its end.
  ///
  /// What is kept is listed, not what is dropped: the picture, its colour profile, and which way is up. What cannot be read is
  /// left out. Anything that does not begin as one of the three is returned as it is.
  package static func removed(from bytes: [UInt8]) -> [UInt8] {
    switch ImageFormat(of: ByteSource(bytes)) {
    case .jpeg: JPEGCleaner(bytes).cleaned
    case .png: PNGCleaner(bytes).cleaned
    case .webp: WebPCleaner(bytes).cleaned
    case .gif, .avif, nil: bytes
    }
  }
}
