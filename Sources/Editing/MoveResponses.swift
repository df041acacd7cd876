import StoaAddresses
import StoaLink
import StoaLoad
import StoaModel
import StoaYAML

/// Renames responses, or moves them to another post.
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
      throw UsageError("\(response.file) is in this place already")
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
    try keepFeedID(of: response, movedTo: response.postSlug)
    try draft.edit(response.file) { editor in
      let changed = editor.change {
        $0.key == "aliases" && $0.text == "response-\(id)" ? .remove : .keep
      }
      return changed.failures.isEmpty && editor.append("response-\(response.id)", to: "aliases")
    }
  }

  /// Moves a response with all its replies.
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
      try leavePointer(of: member, movedTo: target, id)
      try keepFeedID(of: member, movedTo: target)
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
      throw UsageError("\(file) exists already: name another id, as in \(new.post)#\(new.id)-2")
    }
    try movePath(response.file, to: file)
    relocation.responses[Relocation.ResponseName(post: response.postSlug, id: response.id)] = new
  }

  /// Lists the former place of a response, with its old anchors, so that a line there links to its new place.
  private mutating func leavePointer(
    of response: Response, movedTo post: String, _ id: String
  ) throws(UsageError) {
    let path = try conversation(of: response.postSlug).address.path
    let present = try conversation(of: post).address.path + "#response-\(id)"
    try draft.edit(response.file) { editor in
      let changed = editor.change { scalar in
        guard scalar.key == "aliases" else { return .keep }
        let place = scalar.text.contains("#") ? scalar.text : "\(path)#\(scalar.text)"
        return place == present ? .remove : place == scalar.text ? .keep : .replace(place)
      }
      return changed.failures.isEmpty
        && editor.append("\(path)#response-\(response.id)", to: "aliases")
    }
  }

  /// Writes the id that feeds use for a response into its file, since the default follows from the names of the post and the
  /// response.
  ///
  /// Without `id` in stoa.yml the id includes the post's day, so below a post of another day the whole id must be written.
  private mutating func keepFeedID(
    of response: Response, movedTo post: String
  ) throws(UsageError) {
    let old = try conversation(of: response.postSlug)
    let new = try conversation(of: post)
    let name = response.feedID?.value ?? "\(old.feedPart)/\(response.id)"
    let isSame =
      name.utf8.contains(UInt8(ascii: ":")) || sources.settings.feedAuthority != nil
      || old.date.day == new.date.day
    guard response.feedID == nil || !isSame else { return }
    let id =
      isSame
      ? name
      : "tag:\(host),\(old.date.day):"
        + PercentEncoding.encode(name, keeping: PercentEncoding.path)
    try draft.edit(response.file) { $0.set("id", id) }
  }

  /// The host in ids of feeds.
  private var host: String {
    let parts = sources.settings.url.split(separator: "/", maxSplits: 2)
    let host = parts.count > 1 ? parts[1].prefix { $0 != ":" } : ""
    return host.isEmpty ? "stoa.invalid" : String(host)
  }

  private func conversation(of post: String) throws(UsageError) -> Conversation {
    guard let found = content.community.conversations.first(where: { $0.post.slug == post }) else {
      throw UsageError("the post “\(post)” has errors, which stoa check reports: fix them first")
    }
    return found
  }

  /// Removes the answer of a question if it moved to another post.
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
