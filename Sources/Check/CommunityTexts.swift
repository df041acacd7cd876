import StoaAddresses
import StoaLink
import StoaModel

/// A document that a community shows, with its source file and its URL.
struct CommunityText {
  let file: String
  let address: SiteAddress
  let body: LinkedBody
}

extension Community {
  /// The documents that have headings and images of their own: posts and pages.
  var mainTexts: [CommunityText] {
    conversations.map { CommunityText(file: $0.post.file, address: $0.address, body: $0.body) }
      + pages.map { CommunityText(file: $0.page.file, address: $0.address, body: $0.body) }
  }

  /// Every document.
  var texts: [CommunityText] {
    var texts = mainTexts
    for conversation in conversations {
      for response in conversation.responses + conversation.mentions {
        texts.append(
          CommunityText(
            file: response.response.file, address: conversation.address, body: response.body))
      }
    }
    for topic in topics {
      guard let file = topic.file, let body = topic.description else { continue }
      texts.append(CommunityText(file: file.file, address: topic.address, body: body))
    }
    for contributor in contributors {
      guard let file = contributor.file, let body = contributor.bio else { continue }
      texts.append(CommunityText(file: file.file, address: contributor.address, body: body))
    }
    return texts
  }
}
