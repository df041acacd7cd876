import StoaHTML
import StoaImages
import StoaModel
package import StoaRender
import StoaSystem

extension PlannedFile {
  /// The bytes that a build would write.
  package var bytes: [UInt8] {
    get throws {
      switch content {
      case .rendered(let rendering, let context):
        var buffer = ByteBuffer()
        try rendering.write(context, into: &buffer)
        return buffer.bytes
      case .stored(let bytes): return try bytes.load()
      case .copy(let file, let root, let strippingMetadata):
        let bytes = try FileReader.read(file, in: root)
        return strippingMetadata ? ImageMetadata.removed(from: bytes) : bytes
      }
    }
  }
}
