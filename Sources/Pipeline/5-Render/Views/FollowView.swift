import StoaAddresses
import StoaLink
import StoaModel
import StoaTemplates

/// The page that explains feeds and lists them.
struct FollowView: ListModel {
  static let kind = PageKind.follow

  let frame: PageFrame.Parts
  private let people: [Index<ContributorEntry>]
  let page: ListPage
  let context: ViewContext

  /// - Parameter people: all listed contributors, by name.
  init(
    _ people: [Index<ContributorEntry>], _ page: ListPage, _ frame: PageFrame,
    _ context: ViewContext
  ) {
    var description = page.describe(context.title(of: .follow), context)
    description.feeds = context.feeds(.home, beside: .home, of: context.settings.title)
    self.frame = frame.parts(description)
    self.people = people
    self.page = page
    self.context = context
  }

  struct Subject: PageSubject {
    let people: [Index<ContributorEntry>]
    let page: ListPage

    func view(_ frame: PageFrame, _ context: ViewContext) -> FollowView {
      FollowView(people, page, frame, context)
    }
  }

  static func plan(_ planner: inout Planner) {
    guard planner.context.hasFeeds else { return }
    let people = planner.context.community.listedPeople
    planner.addList(of: planner.context.community.topics.count, people.count) {
      Subject(people: people, page: $0)
    }
  }

  static let shape = Shape<Self>(
    page: .follow,
    [
      .list("feeds", of: LinkView.self, "the feeds of the whole community") { view in
        let lists = [PageKind.waiting, .questions, .practices, .bridges, .digests]
        let feeds =
          view.context.feeds(.home, beside: .home, of: view.context.settings.title)
          + lists.flatMap { view.context.feeds(ofList: $0) }
        return feeds.map { feed in
          view.context.link(
            feed.address, feed.title, note: feed.type.contains("json") ? "JSON Feed" : "Atom")
        }
      },
      .flaggedList("topics", of: LinkView.self, "the feeds of this page's topics") { view in
        view.page.items(of: view.context.community.topics).flatMap { topic in
          PageKind.topic.feeds(beside: topic.address).map {
            view.context.link($0, topic.title)
          }
        }
      },
      .text("topicsFile", "the address of a file with the feeds of all topics, or empty") { view in
        view.context.community.topics.isEmpty ? "" : view.context.href(.topicFeeds)
      },
      .flaggedList("people", of: PersonFeedsView.self, "the feeds of this page's people") { view in
        view.page.items(of: view.people).map { index in
          let person = view.context.community.contributors[index]
          return Part(PersonFeedsView(person: person, context: view.context))
        }
      },
      .text("peopleFile", "the address of a file with the feeds of all people, or empty") { view in
        view.people.isEmpty ? "" : view.context.href(.peopleFeeds)
      },
      .isFirst,
      .pager,
    ])
  /// The feeds about one person.
  struct PersonFeedsView: Shaped {
    fileprivate let person: ContributorEntry
    fileprivate let context: ViewContext

    private func feed(_ content: PageKind.Feed.Content) -> String {
      PageKind.contributor.feeds(beside: person.address, content: content).first
        .map { context.href($0) } ?? ""
    }

    static let shape = Shape<Self>(
      "feeds of a person",
      [
        .text("url", "the feed of what they write") { $0.feed(.postsAndResponses) },
        .text("title", "their name") { $0.person.name },
        .text("repliesUrl", "the feed of what others answer them") { $0.feed(.answers) },
        .text("repliesTitle", "what that is called") { view in
          view.context.strings.phrase("replies-feed-title", ["title": view.person.name])
        },
      ])
  }
}
