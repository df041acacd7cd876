import StoaAddresses
import StoaYAML

extension ImportPlanner {
  /// The files of people and topics, which are complete only after all conversations.
  mutating func planRest(_ rest: SourceRest, people sourcePeople: [SourcePerson]) -> ImportPlan {
    var plan = ImportPlan(privacy: privacy)
    addPeople(sourcePeople, to: &plan)
    addTopics(rest.topics, to: &plan)
    addCollisions(to: &plan)
    return plan
  }

  private mutating func addPeople(_ people: [SourcePerson], to plan: inout ImportPlan) {
    for person in people {
      let label = plan.label(person.key)
      guard let handle = handles[person.login] else {
        plan.entries.append(
          ImportReport.Entry(
            noun: "person", source: label,
            outcome: .leftOut(reason: "people appear by their initials (--names)")))
        continue
      }
      if let reason = reasonToLeaveOut(for: person.audience) {
        plan.entries.append(
          ImportReport.Entry(noun: "person", source: label, outcome: .leftOut(reason: reason)))
        continue
      }
      let path = "content/contributors/\(handle).md"
      let isOthers =
        existing.handles.contains(Slug.foldedKey(handle))
        && record.entry(key(person.key)) == nil
      if isOthers {
        plan.entries.append(
          ImportReport.Entry(noun: "person", source: label, outcome: .merged(into: path)))
        continue
      }
      var matter = FrontMatterText()
      let name = privacy.masked(name: person.name)
      matter.add("name", name.isEmpty ? handle : name)
      matter.add("url", WebAddress.checked(person.url, privacy))
      matter.add("audience", person.audience ?? "")
      self.people.resolve(handle)
      self.people.resolve(name)
      plan.files.append(
        ImportedFile(
          key: key(person.key), path: path, role: .other, frontMatter: matter, text: person.text,
          entry: ImportReport.Entry(noun: "person", source: label, outcome: .imported(path: path))))
    }
  }

  private mutating func addTopics(_ sourceTopics: [SourceTopic], to plan: inout ImportPlan) {
    let parents = TopicParents(sourceTopics)
    var seen: Set<NameKey> = []
    for topic in sourceTopics {
      let label = plan.label(topic.key)
      let name = privacy.masked(line: topic.name, maximumLength: 120)
      guard !Slug.make(from: name).isEmpty else {
        plan.entries.append(
          ImportReport.Entry(
            noun: topic.noun, source: label,
            outcome: .leftOut(reason: "its name has no letter or digit")))
        continue
      }
      if let reason = reasonToLeaveOut(for: topic.audience) {
        plan.entries.append(
          ImportReport.Entry(noun: topic.noun, source: label, outcome: .leftOut(reason: reason)))
        continue
      }
      let parent = parents.parent(of: topic.name).map {
        privacy.masked(line: $0, maximumLength: 120)
      }
      let hasMore =
        parent != nil || topic.text.count > 0 || topic.audience != nil
        || parents.isParent(topic.name)
      guard hasMore, seen.insert(NameKey(name)).inserted else {
        plan.entries.append(
          ImportReport.Entry(
            noun: topic.noun, source: label,
            outcome: topics.isKnown(name)
              ? .merged(into: "the topics of posts") : .leftOut(reason: "no post has it")
          ))
        continue
      }
      let recorded = record.entry(key(topic.key))
      let slug = recorded.map { Self.name(ofPath: $0.path) } ?? topics.slug(for: name)
      let path = "content/topics/\(slug).md"
      if recorded == nil, existing.topicSlugs.contains(Slug.foldedKey(slug)) {
        plan.entries.append(
          ImportReport.Entry(noun: topic.noun, source: label, outcome: .merged(into: path)))
        continue
      }
      var matter = FrontMatterText()
      matter.add("title", name)
      matter.add("parent", parent ?? "")
      matter.add("audience", topic.audience ?? "")
      topics.resolve(name)
      plan.files.append(
        ImportedFile(
          key: key(topic.key), path: path, role: .other, frontMatter: matter, text: topic.text,
          entry: ImportReport.Entry(noun: topic.noun, source: label, outcome: .imported(path: path))
        ))
    }
  }

  /// Files that distinguish names such as C++ and C#, which would have the same slug.
  private mutating func addCollisions(to plan: inout ImportPlan) {
    for name in topics.collisions {
      addName(name, noun: "topic", slug: topics.slug(for: name), titleKey: "title", to: &plan)
    }
    for name in people.collisions {
      addName(name, noun: "contributor", slug: people.slug(for: name), titleKey: "name", to: &plan)
    }
  }

  private func addName(
    _ name: String, noun: String, slug: String, titleKey: String, to plan: inout ImportPlan
  ) {
    let key = key("\(noun):\(name)")
    let path = record.entry(key)?.path ?? "content/\(noun)s/\(slug).md"
    var matter = FrontMatterText()
    matter.add(titleKey, name)
    plan.files.append(
      ImportedFile(
        key: key, path: path, role: .other, frontMatter: matter, text: .markdown([]),
        entry: ImportReport.Entry(
          noun: "", source: "\(noun) \(name)", outcome: .imported(path: path),
          notes: ["another name would have the same address, so this one has a file"])))
  }
}

/// The hierarchy of topics, without the cycles that a broken source may have.
struct TopicParents {
  private var parents: [NameKey: String] = [:]
  private var isParent: Set<NameKey> = []

  init(_ topics: [SourceTopic]) {
    let known = Set(topics.map { NameKey($0.name) })
    var order: [NameKey] = []
    for topic in topics {
      let key = NameKey(topic.name)
      guard let parent = topic.parent, known.contains(NameKey(parent)), parents[key] == nil else {
        continue
      }
      parents[key] = parent
      order.append(key)
    }
    openCycles(order)
    isParent = Set(parents.values.map { NameKey($0) })
  }

  /// Of each cycle, the topic that comes last in the source loses its parent.
  private mutating func openCycles(_ order: [NameKey]) {
    let ranks = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    // The walk on which each topic was first visited.
    var walks: [NameKey: Int] = [:]
    for (walk, start) in order.enumerated() {
      var path: [NameKey] = []
      var current: NameKey? = start
      while let key = current, walks[key] == nil {
        walks[key] = walk
        path.append(key)
        current = parents[key].map { NameKey($0) }
      }
      guard let key = current, walks[key] == walk, let first = path.firstIndex(of: key),
        let last = path[first...].max(by: { ranks[$0, default: 0] < ranks[$1, default: 0] })
      else { continue }
      parents[last] = nil
    }
  }

  func parent(of name: String) -> String? { parents[NameKey(name)] }

  func isParent(_ name: String) -> Bool { isParent.contains(NameKey(name)) }
}
