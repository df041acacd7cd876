import Foundation
import Testing

@Suite("What the fuzzer begins with, and what it has found,") struct CorpusTests {
  struct Input: CustomTestStringConvertible {
    let target: FuzzTarget
    let file: URL
    var testDescription: String { "\(target.rawValue)/\(file.lastPathComponent)" }
  }

  static let inputs: [Input] = FuzzTarget.allCases.flatMap { target in
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("corpus/\(target.rawValue)")
    let files =
      (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil))
      ?? []
    return files.sorted { $0.path < $1.path }.map { Input(target: target, file: $0) }
  }

  @Test("does no harm", arguments: inputs) func harmless(input: Input) throws {
    let problem = input.target.problem(with: Array(try Data(contentsOf: input.file)))
    #expect(problem == nil)
  }

  @Test("is there for every target", arguments: FuzzTarget.allCases) func there(target: FuzzTarget)
  {
    #expect(Self.inputs.contains { $0.target == target })
  }
}
