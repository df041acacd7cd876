import StoaAddresses
import StoaLink
import StoaLoad
import StoaModel
import StoaYAML

/// Responses get another name, or go to another post.
extension MovePlanner {
  mutating func moveResponse(
    _ post: String, _ id: String, to target: String, _ newID: String
  ) throws(UsageError) {
    let responses = sources.responses.map(\.item).filter { $0.postSlug == post }
    guard let response = responses.first(where: { $0.id == id }) else {
      let nearest = Nearest.match(for: id, among: responses.map(\.id))
      throw UsageError(
        "“\(post)” has no response “\(id)”" + (nearest.map { ": did you mean “\($0)”?" } ?? ""))
    }
    guard Slug.isResponseId(newID) else {
      throw UsageError("“\(newID)” cannot be a response's id: use up to 128 of a-z, 0-9 and -")
    }
    guard post != target || id != newID else {
      throw UsageError("\(response.file) is where it is to go")
    }
    guard sources.posts.contains(where: { $0.item.slug == target }) else {
      let nearest = Nearest.match(for: target, among: sources.posts.map(\.item.slug))
      throw UsageError(
        "there is no post “\(target)”" + (nearest.map { ": did you mean “\($0)”?" } ?? ""))
    }
    if post == target {
      try rename(response, to: newID)
    } else {
      try moveThread(of: response, among: responses, to: target, newID)
    }
  }

  private mutating func rename(_ response: Response, to id: String) throws(UsageError) {
    let new = Relocation.ResponseName(post: response.postSlug, id: id)
    try place(response, as: new)
    try draft.edit(response.file) { editor in
      let changed = editor.change {
        $0.key == "aliases" && $0.text == "response-\(id)" ? .remove : .keep
      }
      return changed.failures.isEmpty && editor.append("response-\(response.id)", to: "aliases")
    }
  }

  /// Moves a response with all that answers it.
  private mutating func moveThread(
    of response: Response, among responses: [Response], to target: String, _ newID: String
  ) throws(UsageError) {
    var thread = [response]
    var reached = 0
    while reached < thread.count {
      let parent = thread[reached]
      thread += responses.filter { other in
        other.replyTo?.value == parent.id && !thread.contains { $0.id == other.id }
      }
      reached += 1
    }
    for member in thread {
      let id = member.id == response.id ? newID : member.id
      try place(member, as: Relocation.ResponseName(post: target, id: id))
      try leaveTombstone(of: member, movedTo: target, id)
    }
    if response.replyTo != nil {
      try draft.edit(response.file) { $0.remove("reply-to") }
    }
    try withdrawAnswer(of: response.postSlug, among: thread.map(\.id))
  }

  private mutating func place(
    _ response: Response, as new: Relocation.ResponseName
  ) throws(UsageError) {
    let file = "content/responses/\(new.post)/\(new.id).md"
    guard !content.paths.contains(file) else {
      throw UsageError("\(file) is there already: name another id, as in \(new.post)#\(new.id)-2")
    }
    try movePath(response.file, to: file)
    relocation.responses[Relocation.ResponseName(post: response.postSlug, id: response.id)] = new
  }

  /// Leaves a pointer at the old anchor, with the response's date and place in its thread.
  private mutating func leaveTombstone(
    of response: Response, movedTo post: String, _ id: String
  ) throws(UsageError) {
    guard let bytes = content.files[response.file], let old = FrontMatterEditor(bytes) else {
      throw UsageError("the front matter of \(response.file) cannot be read: stoa check says why")
    }
    var matter = FrontMatterText()
    for key in ["date", "reply-to", "audience"] {
      if let text = old.texts(of: key).first { matter.add(key, text) }
    }
    matter.add("aliases", old.texts(of: "aliases"))
    let page = content.community.conversations.first { $0.post.slug == post }
    let address = page?.address.with(fragment: "response-\(id)").encoded() ?? ""
    matter.add("removed", "moved to \(content.sources.settings.url.trimmedOfSlash)\(address)")
    draft.leave(response.file, Array("---\n".utf8) + matter.bytes + Array("---\n".utf8))
    // The old anchors stay where they were.
    try draft.edit(response.file) { $0.remove("aliases") }
  }

  /// A question whose answer went to another post has none.
  private mutating func withdrawAnswer(
    of post: String, among ids: [String]
  ) throws(UsageError) {
    guard let question = sources.posts.first(where: { $0.item.slug == post })?.item,
      let answer = question.answer?.value, ids.contains(answer)
    else { return }
    try draft.edit(question.file) { $0.remove("answer") }
    draft.note("\(question.file): its answer was “\(answer)”, and it has none now")
  }

  // MARK: Topics and contributors
}
