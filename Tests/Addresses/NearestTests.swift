import StoaAddresses
import StoaTestSupport
import Testing

@Suite("The nearest name") struct NearestTests {
  @Test(
    "is the one with the fewest slips, and of equals the first",
    arguments: [
      ("slack-roap", ["slack-rope", "slack", "rope"], "slack-rope"),
      ("abc", ["acb", "abd", "xyz"], "abd"), ("abc", ["acb", "axyz"], "acb"),
      ("Mareň", ["maren", "marea"], "marea"), ("rope", ["ROPE", "ropes"], "ROPE"),
      ("ab", ["ba"], "ba"), ("a", ["b", "ab"], "ab"), ("日本誤", ["日本語"], "日本語"),
    ])
  func found(_ word: String, _ names: [String], _ nearest: String) {
    #expect(Nearest.match(for: word, among: names) == nearest)
  }

  @Test(
    "is nothing where none is close",
    arguments: [
      ("rope", ["wire", "windlass"]), ("", ["a"]), ("a", []), ("ab", ["abcd"]),
      ("abcdefghijkl", ["abcdefgh"]), (String(repeating: "a", count: 101), ["a"]),
    ])
  func missing(_ word: String, _ names: [String]) {
    #expect(Nearest.match(for: word, among: names) == nil)
  }

  @Test("is what a comparison with every name finds")
  func likeComparingAll() {
    var random = RandomNumbers(seed: 20_260_601)
    func word() -> String {
      String((0...random.next(9)).map { _ in random.element(of: ["a", "b", "c", "d"]) })
    }
    for _ in 0..<40 {
      let names = (0..<60).map { _ in word() }
      let nearest = Nearest(names)
      for _ in 0..<40 {
        let wanted = word()
        let limit = min(3, max(1, wanted.count / 3))
        let close = names.map { (distance(wanted, $0), $0) }.filter { $0.0 <= limit }
        let best = close.min { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }?.1
        #expect(nearest.match(for: wanted) == best, "\(wanted) among \(names)")
      }
    }
  }

  /// The optimal string alignment distance by its definition.
  private func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var costs = [[Int]](
      repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
    for i in 0...left.count {
      for j in 0...right.count {
        if i == 0 || j == 0 {
          costs[i][j] = i + j
          continue
        }
        var cost = min(
          costs[i - 1][j] + 1, costs[i][j - 1] + 1,
          costs[i - 1][j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1))
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          cost = min(cost, costs[i - 2][j - 2] + 1)
        }
        costs[i][j] = cost
      }
    }
    return costs[left.count][right.count]
  }
}
