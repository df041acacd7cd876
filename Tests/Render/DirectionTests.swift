import Testing

@testable import StoaRender

@Suite struct DirectionTests {
  @Test(arguments: ["ar", "AR", "ar-MA", "he", "fa-AF", "ckb", "ur", "pa-Arab", "ku-Arab-IQ", "yi"])
  func isRightToLeft(_ tag: String) {
    #expect(Direction.of(tag) == "rtl")
  }

  @Test(arguments: ["en", "de-AT", "fr", "ar-Latn", "ks-Deva", "zh-Hant", "ku", "pa", "el"])
  func isLeftToRight(_ tag: String) {
    #expect(Direction.of(tag) == "ltr")
  }
}
