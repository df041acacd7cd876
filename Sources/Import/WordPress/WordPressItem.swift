/// The properties of an `item` in a WXR file, except its body.
struct WordPressItem {
  let element: XMLElement

  /// The number that WordPress gave it; an item without one is identified by its position.
  let identifier: String
  /// Its type, such as `post`, `page` or `attachment`.
  let type: String
  let status: String
  let parent: String

  /// - Parameter index: how many items came before it.
  init(_ element: XMLElement, index: Int) {
    self.element = element
    let number = element.line(of: "wp:post_id")
    identifier = number.isEmpty ? "item-\(index + 1)" : number
    let type = element.line(of: "wp:post_type")
    self.type = type.isEmpty ? "post" : type
    let status = element.line(of: "wp:status")
    self.status = status.isEmpty ? "publish" : status
    parent = element.line(of: "wp:post_parent")
  }

  /// Its kind in the report.
  var noun: String {
    switch type {
    case "post", "page", "attachment": type
    default: "other item"
    }
  }

  var key: String { "\(type)-\(identifier)" }

  var comments: [XMLElement] { element.all("wp:comment") }

  /// The URL of an attachment's file.
  var attachmentAddress: String {
    let address = element.line(of: "wp:attachment_url")
    return address.isEmpty ? element.line(of: "guid") : address
  }

  var state: SourcePost.State {
    let isText = type == "post" || type == "page"
    guard isText || hasApprovedComments else { return .leftOut(reason: Self.reason(for: type)) }
    switch status {
    case "publish":
      let password = element.line(of: "wp:post_password")
      return password.isEmpty ? .published : .restricted(reason: "it has a password")
    case "private": return .restricted(reason: "it is private")
    case "draft", "pending", "future": return .draft
    case "trash": return .leftOut(reason: "it is in the trash")
    case "auto-draft": return .leftOut(reason: "it is an empty draft of WordPress's editor")
    default: return .leftOut(reason: "its status is “\(status)”")
    }
  }

  private var hasApprovedComments: Bool {
    !["attachment", "nav_menu_item", "revision"].contains(type)
      && comments.contains { $0.line(of: "wp:comment_approved") == "1" }
  }

  private static func reason(for type: String) -> String {
    switch type {
    case "nav_menu_item": "it is an entry of a menu"
    case "revision": "it is an older version"
    default: "its type is “\(type)”, which is neither a post nor a page"
    }
  }
}
