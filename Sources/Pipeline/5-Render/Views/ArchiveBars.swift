import StoaLink
import StoaModel
import StoaTemplates

/// The numbers of conversations and responses in a month.
struct MonthCount: Hashable {
  let year: Int
  let month: Int
  var conversations = 0
  var responses = 0

  /// Months by their number since the year 0.
  private static func number(of timestamp: Timestamp) -> Int {
    timestamp.day.year * 12 + timestamp.day.month - 1
  }

  /// Counts the conversations and responses of each month, from the first to the last, including empty months.
  static func all(
    of conversations: [Index<Conversation>], in community: Community
  ) -> [MonthCount] {
    var counts: [Int: (conversations: Int, responses: Int)] = [:]
    for index in conversations {
      let conversation = community.conversations[index]
      counts[number(of: conversation.date), default: (0, 0)].conversations += 1
      for response in conversation.responses where response.isCounted {
        counts[number(of: response.date), default: (0, 0)].responses += 1
      }
    }
    guard let last = counts.keys.max(), let first = counts.keys.min() else { return [] }
    // A wrong year must not make a chart of two thousand months.
    return (max(first, last - most + 1)...last).map { number in
      let count = counts[number] ?? (0, 0)
      return MonthCount(
        year: number / 12, month: number % 12 + 1, conversations: count.conversations,
        responses: count.responses)
    }
  }

  /// The maximum number of months in a chart; older ones are left out.
  private static let most = 240
}

/// Bars of conversations and responses a month.
struct BarsView: Shaped {
  private let months: [MonthCount]
  private let context: ViewContext

  private static let width = 640
  private static let height = 96
  private static let widest = 36

  /// Nil if there are too few months to compare.
  init?(_ months: [MonthCount], _ context: ViewContext) {
    guard months.count > 2 else { return nil }
    self.months = months
    self.context = context
  }

  static let shape = Shape<Self>(
    "bars",
    [
      .text("width", "the width of the drawing, in its own units") { _ in String(width) },
      .text("height", "its height") { _ in String(height) },
      .text("first", "the first month, in words") { $0.name(of: $0.months.first) },
      .text("last", "the last month, in words") { $0.name(of: $0.months.last) },
      .list("months", of: BarView.self, "the months, oldest first") { view in
        let most = view.months.map { $0.conversations + $0.responses }.max() ?? 1
        return view.months.enumerated().map { place, month in
          let room = width / view.months.count
          let own = min(max(room * 4 / 5, 1), widest)
          let left = place * width / view.months.count + (room - own) / 2
          let whole = scaled(month.conversations + month.responses, most)
          return Part(
            BarView(
              left: left, width: own, height: whole,
              conversations: min(scaled(month.conversations, most), whole), ground: height))
        }
      },
    ])

  private func name(of month: MonthCount?) -> String {
    month.map { context.strings.month($0.month, of: $0.year) } ?? ""
  }

  /// A count above zero gets at least a visible height.
  private static func scaled(_ count: Int, _ most: Int) -> Int {
    count == 0 ? 0 : max(count * height / max(most, 1), 2)
  }

  struct BarView: Shaped {
    fileprivate let left: Int
    fileprivate let width: Int
    fileprivate let height: Int
    fileprivate let conversations: Int
    fileprivate let ground: Int

    static let shape = Shape<Self>(
      "bar",
      [
        .text("x", "its left side") { String($0.left) },
        .text("width", "its width") { String($0.width) },
        .text("y", "its upper side") { String($0.ground - $0.height) },
        .text("height", "its height: conversations and responses") { String($0.height) },
        .text("conversationsY", "the upper side of the part that is conversations") {
          String($0.ground - $0.conversations)
        },
        .text("conversationsHeight", "the height of that part") { String($0.conversations) },
      ])
  }
}
