import StoaAddresses
import StoaHTML
import StoaLink
import StoaModel

/// A list of feeds that a feed reader can import, as OPML 2.0 (http://opml.org/spec2.opml).
struct SubscriptionList: Sendable {
  struct Entry: Sendable {
    let title: String
    let page: SiteAddress
    let feed: SiteAddress
  }

  let title: String
  let entries: [Entry]

  func write(_ site: Site, into buffer: inout ByteBuffer) {
    buffer.write(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\">\n<head><title>")
    buffer.writeXML(title)
    buffer.write("</title></head>\n<body>\n")
    for entry in entries {
      buffer.write("<outline type=\"rss\"")
      attribute("text", entry.title, into: &buffer)
      attribute("xmlUrl", site.absolute(entry.feed), into: &buffer)
      attribute("htmlUrl", site.absolute(entry.page), into: &buffer)
      buffer.write("/>\n")
    }
    buffer.write("</body>\n</opml>\n")
  }

  private func attribute(_ name: StaticString, _ text: String, into buffer: inout ByteBuffer) {
    buffer.write(" ")
    buffer.write(name)
    buffer.write("=\"")
    buffer.writeXML(text)
    buffer.write("\"")
  }
}

extension Planner {
  /// Plans the lists of topics' and of contributors' feeds, if there are any.
  mutating func addSubscriptionLists() {
    guard context.hasFeeds else { return }
    let community = context.community
    addSubscriptions(
      .topicFeeds, "topics",
      community.topics.flatMap { topic in
        PageKind.topic.feeds(beside: topic.address).map {
          SubscriptionList.Entry(title: topic.title, page: topic.address, feed: $0)
        }
      })
    addSubscriptions(
      .peopleFeeds, "people",
      community.listedPeople.map { community.contributors[$0] }.flatMap { person in
        // The feed of replies to a person is for that person.
        PageKind.contributor.feeds(beside: person.address, content: .postsAndResponses).map {
          SubscriptionList.Entry(title: person.name, page: person.address, feed: $0)
        }
      })
  }

  private mutating func addSubscriptions(
    _ address: SiteAddress, _ word: String, _ entries: [SubscriptionList.Entry]
  ) {
    guard !entries.isEmpty else { return }
    let list = SubscriptionList(
      title: "\(context.settings.title): \(context.strings.text(word))", entries: entries)
    var buffer = ByteBuffer()
    list.write(context.site, into: &buffer)
    add(buffer.bytes, at: address, .entrance)
  }
}
