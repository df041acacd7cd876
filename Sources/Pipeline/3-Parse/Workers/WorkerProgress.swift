import StoaModel
import StoaPlatform

/// The index of the document that a worker is parsing; its parent reads it when the worker has crashed.
///
/// It is at the beginning of the worker's file, in memory that both processes share, so updating it needs no system call.
enum WorkerProgress {
  /// Its size in the file; bodies begin after it.
  static let size = 4096
  private static let idle = -1

  /// The worker's side.
  struct Writer {
    private let place: UnsafeMutableRawPointer

    /// Nil when the file cannot be shared.
    init?(file: Int32) {
      guard let place = mmap(nil, WorkerProgress.size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0),
        place != MAP_FAILED
      else { return nil }
      self.place = place
      rest()
    }

    func begin(_ index: Int) { place.storeBytes(of: index, as: Int.self) }

    func rest() { begin(WorkerProgress.idle) }
  }

  /// Reserves space for it in a new file.
  static func prepare(_ file: Int32) throws(Transfer.Failure) {
    try Transfer.write([UInt8](repeating: 0, count: size), to: file, at: 0)
  }

  /// The document that a worker was parsing; the first when it was parsing none.
  static func text(in file: HeldFile) -> Int {
    let bytes = try? file.read(offset: 0, count: MemoryLayout<Int>.size)
    let index = bytes?.withUnsafeBytes { $0.loadUnaligned(as: Int.self) } ?? idle
    return max(index, 0)
  }
}
