import StoaAddresses
import StoaLink
import StoaModel

extension Planner {
  /// Plans each conversation as markdown, and the list of them, if the settings ask for it.
  mutating func addTwins() {
    let conversations = context.community.conversations
    for index in conversations.places {
      let page = conversations[index].address
      guard let address = PageKind.conversation.twin(of: page, context.settings) else { return }
      twinAddresses.append(address)
      // Before the conversation's page, which links to it.
      add(ConversationTwin(index: index), at: address, .asset)
    }
    // The list is read away from the site, so its links need a host.
    guard context.settings.writesMarkdown, context.hasFeeds else { return }
    twinAddresses.append(.markdownList)
    add(MarkdownList(conversations: listed), at: .markdownList, .entrance)
  }
}
