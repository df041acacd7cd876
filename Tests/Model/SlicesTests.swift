import StoaModel
import Testing

@Suite("Work in slices") struct SlicesTests {
  @Test(arguments: [0, 1, 15, 16, 17, 1_000, 1_003], [1, 2, 3, 8])
  func keepsTheOrder(count: Int, jobs: Int) async {
    let results = await mapInSlices(Array(0..<count), jobs: jobs) { ["\($0)", "\($0 * $0)"] }
    #expect(results == (0..<count).map { ["\($0)", "\($0 * $0)"] })
  }
}
