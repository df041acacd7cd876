import CSodium
import StoaPlatform
import StoaSystem

/// Encrypts personal data with XChaCha20-Poly1305 from libsodium, with a key of its own.
///
/// The file's name is authenticated too, so one sealed file cannot replace another.
struct Seal: Sendable {
  private let key: [UInt8]

  /// Reads the key, or creates it with permissions for its user alone.
  init(keyFile path: String) throws {
    guard sodium_init() >= 0 else {
      throw SystemFailure(path: path, code: ENOSYS, reason: "libsodium cannot be used")
    }
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    let folder = RootFolder(slash == path.startIndex ? "/" : String(path[..<slash]))
    let name = String(path[slash...].dropFirst())
    var bytes = [UInt8](repeating: 0, count: Int(crypto_aead_xchacha20poly1305_ietf_KEYBYTES))
    if try folder.kind(of: name) == .missing {
      randombytes_buf(&bytes, bytes.count)
      _ = try folder.create(name, bytes, isDurable: true, isPrivate: true)
    }
    key = try FileReaderFailure.read(name, in: folder)
    guard key.count == bytes.count else {
      throw SystemFailure(path: path, code: EINVAL, reason: "a key has \(bytes.count) bytes")
    }
  }

  /// Seals bytes under a name.
  func close(_ message: [UInt8], as name: String) -> [UInt8] {
    let nonceSize = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    var nonce = [UInt8](repeating: 0, count: nonceSize)
    randombytes_buf(&nonce, nonceSize)
    var sealed = [UInt8](
      repeating: 0, count: message.count + Int(crypto_aead_xchacha20poly1305_ietf_ABYTES))
    var count: UInt64 = 0
    let name = Array(name.utf8)
    crypto_aead_xchacha20poly1305_ietf_encrypt(
      &sealed, &count, message, UInt64(message.count), name, UInt64(name.count), nil, nonce, key)
    return nonce + sealed.prefix(Int(count))
  }

  /// Opens bytes that were sealed under a name; nil for any other bytes.
  func open(_ sealed: [UInt8], as name: String) -> [UInt8]? {
    let nonceSize = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    let overhead = nonceSize + Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)
    guard sealed.count >= overhead else { return nil }
    let (nonce, text) = (Array(sealed.prefix(nonceSize)), Array(sealed.dropFirst(nonceSize)))
    var message = [UInt8](repeating: 0, count: sealed.count - overhead + 1)
    var count: UInt64 = 0
    let name = Array(name.utf8)
    let result = crypto_aead_xchacha20poly1305_ietf_decrypt(
      &message, &count, nil, text, UInt64(text.count), name, UInt64(name.count), nonce, key)
    return result == 0 ? Array(message.prefix(Int(count))) : nil
  }
}
