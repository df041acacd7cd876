import Testing

@testable import StoaAddresses

/// The pages and feeds that every site may have.
@Suite struct PageKindTests {
  @Test func areWhereReadersKnowThem() {
    let paths = SiteAddress.generated().map(\.path).sorted()
    #expect(
      paths == [
        "/", "/404.html", "/addresses.txt", "/archive/", "/bridges/", "/bridges/feed.xml",
        "/contributors/", "/digest/", "/digest/feed.xml", "/feed.json", "/feed.xml", "/follow/",
        "/llms.txt", "/people.opml", "/posts/", "/practices/", "/practices/feed.xml", "/questions/",
        "/questions/feed.xml", "/responses.xml", "/robots.txt", "/search/", "/sitemap.xml",
        "/topics.opml", "/topics/", "/waiting/", "/waiting/feed.xml",
      ])
  }

  @Test func haveTemplatesOfTheirOwn() {
    let templates = PageKind.allCases.map(\.row.template)
    #expect(Set(templates).count == templates.count)
  }

  @Test func haveFeedsWhereThereIsSomethingToRead() {
    let post = SiteAddress("/posts/hello/")
    #expect(PageKind.conversation.feeds(beside: post, hasResponses: false).isEmpty)
    #expect(
      PageKind.conversation.feeds(beside: post, hasResponses: true).map(\.path) == [
        "/posts/hello/feed.xml"
      ])
    #expect(
      PageKind.topic.feeds(beside: .topic("trust"), hasResponses: false).map(\.path) == [
        "/topics/trust/feed.xml"
      ])
  }
}
