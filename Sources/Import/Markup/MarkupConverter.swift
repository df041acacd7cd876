/// Turns texts of other tools into markdown.
struct MarkupConverter {
  struct Input {
    let bytes: [UInt8]
    let isHTML: Bool
    let role: PlannedFile.Role
  }

  struct Output {
    var markdown: [UInt8]
    var notes: [String] = []
  }

  private(set) var notes: [String] = []
  private let keepsHTML: Bool
  private let pandoc: String

  init(keepsHTML: Bool, pandoc: String) {
    self.keepsHTML = keepsHTML
    self.pandoc = pandoc
  }

  mutating func convert(_ inputs: [Input]) throws -> [Output] {
    inputs.map { Output(markdown: $0.bytes) }
  }
}
