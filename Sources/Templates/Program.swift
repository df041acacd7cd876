/// A template's tags as one list of steps, for rendering.
///
/// Only the steps that leave the list hold a reference: a page executes thousands of steps, and reference counting at each would
/// take a third of its time.
final class Program: Sendable {
  enum Step: Sendable {
    /// Bytes to copy. With `startsLine`, the indentation of a partial comes first.
    case text(Range<Int>, startsLine: Bool)
    /// A line begins with a tag: writes only the indentation of a partial, if there is one.
    case lineStart
    case variable(Path, escapes: Bool)
    /// The section's content follows, up to `end`.
    case section(Path, isInverted: Bool, end: Int)
    /// An index in `partials`; the cases below have indexes in arrays of their own.
    case partial(Int)
    case parent(Int)
    case block(Int)
  }

  /// The value that a tag names.
  enum Path: Sendable {
    /// The implicit iterator `.`.
    case current
    case name(Name)
    case names(Name, Name)
    /// An index in `longPaths`.
    case long(Int)
  }

  struct Block: Sendable {
    let name: Name
    let program: Program
    let indentation: [UInt8]
    let ownIndentation: [UInt8]
    let isStandalone: Bool
    let position: Template.Position

    fileprivate init(_ block: Template.Block) {
      name = block.name
      program = Program(block.body)
      indentation = block.indentation
      ownIndentation = block.ownIndentation
      isStandalone = block.isStandalone
      position = block.position
    }
  }

  struct Parent: Sendable {
    let partial: Template.Partial
    let overrides: [Name: Block]
  }

  let file: String
  let source: [UInt8]
  let steps: [Step]
  let longPaths: [[Name]]
  let partials: [Template.Partial]
  let parents: [Parent]
  let blocks: [Block]

  init(_ body: Template.Body) {
    var row = Row()
    row.add(body)
    file = body.file
    source = body.source
    steps = row.steps
    longPaths = row.longPaths
    partials = row.partials
    parents = row.parents
    blocks = row.blocks
  }

  private struct Row {
    var steps: [Step] = []
    var longPaths: [[Name]] = []
    var partials: [Template.Partial] = []
    var parents: [Parent] = []
    var blocks: [Block] = []

    mutating func add(_ body: Template.Body) {
      for instruction in body.instructions {
        switch instruction {
        case .text(let range, let startsLine): steps.append(.text(range, startsLine: startsLine))
        case .lineStart: steps.append(.lineStart)
        case .variable(let path, let escapes, _):
          let path = step(to: path)
          steps.append(.variable(path, escapes: escapes))
        case .section(let section):
          let path = step(to: section.path)
          let place = steps.count
          steps.append(.lineStart)
          add(section.body)
          steps[place] = .section(path, isInverted: section.isInverted, end: steps.count)
        case .partial(let partial):
          steps.append(.partial(partials.count))
          partials.append(partial)
        case .parent(let parent):
          steps.append(.parent(parents.count))
          parents.append(
            Parent(partial: parent.partial, overrides: parent.overrides.mapValues { Block($0) }))
        case .block(let block):
          steps.append(.block(blocks.count))
          blocks.append(Block(block))
        }
      }
    }

    private mutating func step(to names: [Name]) -> Path {
      switch names.count {
      case 0: return .current
      case 1: return .name(names[0])
      case 2: return .names(names[0], names[1])
      default:
        longPaths.append(names)
        return .long(longPaths.count - 1)
      }
    }
  }
}
