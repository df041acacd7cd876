import StoaData
import StoaYAML

/// Reads YAML that other tools wrote.
enum ForeignYAML {
  static let maximumSize = 1 << 20

  static func read(
    _ bytes: ArraySlice<UInt8>, firstLine: Int = 1
  ) throws(YAMLProblem) -> [SourceValue.Entry] {
    let entries = try YAMLReader.read(
      bytes, firstLine: firstLine, maximumSize: maximumSize, dialect: .foreign)
    return entries.map { SourceValue.Entry(key: $0.key, value: value($0.value)) }
  }

  private static func value(_ node: YAMLNode) -> SourceValue {
    // The reader limits the depth.
    switch node.content {
    case .scalar(let text): .text(text)
    case .sequence(let items): .list(items.map(value))
    case .mapping(let entries):
      .mapping(entries.map { SourceValue.Entry(key: $0.key, value: value($0.value)) })
    }
  }
}
