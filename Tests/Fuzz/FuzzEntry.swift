import Foundation

/// What libFuzzer calls with bytes of its own making; the target is named by `STOA_FUZZ_TARGET`.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  guard let target = chosenTarget else {
    preconditionFailure("STOA_FUZZ_TARGET names no target")
  }
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  if let problem = target.problem(with: bytes) { preconditionFailure(problem) }
  return 0
}

private let chosenTarget = ProcessInfo.processInfo.environment["STOA_FUZZ_TARGET"]
  .flatMap(FuzzTarget.init(rawValue:))
