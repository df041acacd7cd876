/// The keys of every kind of file, in the order in which the reference lists them.
extension Schema {
  package static let all = [post, response, contributor, topic, page, settings]

  package static let post = Schema(
    "post",
    [
      Key("title", .title, "The post's title, of at most 500 bytes, as all titles and names"),
      Key("author", .people, names: .contributor, "Who wrote it: handles or names, at most 64"),
      Key("date", .date, "When it was published"),
      Key("updated", .date, "When it last changed in substance"),
      Key("topics", .list(of: "names"), names: .topic, "What it is about, at most 128"),
      Key("audience", .audience, "How far it travels; a name from the `audiences` of `stoa.yml`"),
      Key(
        "agreed-by", .agreements, names: .contributor,
        "Which of its authors agreed to that audience"),
      Key("summary", .text, "What lists, feeds and cards show"),
      Key("kind", .choice("article", "question", "practice"), "What sort of post it is"),
      Key("answer", .responseID, names: .response, "The response that answers a question"),
      Key(
        "distilled-from", .list(of: "slugs"), names: .postOrResponse,
        "What a practice was learned from"),
      Key("reviewed", .date, "When somebody last found that it still holds"),
      Key("review-by", .date, "The day by which somebody is to look at it again"),
      Key(
        "superseded-by", .slug, names: .post,
        "The post that took its place: each of the two leads to the other"),
      Key("source", .citation, "Where the thought came from"),
      Key(
        "aliases", .list(of: "addresses"),
        "Old addresses, each of which sends readers on to this one"),
      Key("draft", .flag, "Leaves the post and its responses out of the build"),
      Key("language", .language, "The language of the text, such as `ar` or `pt-BR`"),
      Key("pinned", .flag, "Shows it first on the home page"),
      Key("unlisted", .flag, "Keeps it out of lists, feeds and search engines; its address works"),
      Key("responses", .openness, "Whether a way to reply is offered"),
      Key("image", .file, names: .file, "A picture for cards, beside the post"),
      Key("removed", .text, "Why it was taken away"),
      Key(
        "anchors", .anchors,
        "Anchors that headings had before, each with the one that it has now"),
      Key("id", .feedID, "What stands for the post in the ids of feeds, or a whole URI"),
      Key(
        "changes", .changes,
        "Which changes of its words are shown: all, none, or those of a time such as `24 months`"),
    ],
    [.required("date"), .any(["author", "removed"]), .answerNeedsQuestion])

  package static let response = Schema(
    "response",
    [
      Key("author", .person, names: .contributor, "Who wrote it, by handle or name"),
      Key("guest", .title, "The name of somebody who is not a contributor"),
      Key("url", .url, "The guest's own page"),
      Key("date", .date, "When it was written"),
      Key(
        "reply-to", .responseID, names: .response,
        "The response to the same post that this one answers"),
      Key(
        "stance", .choice("builds-on", "differs", "experience", "asks"),
        "How it stands to what it answers, in the author's own word"),
      Key("audience", .audience, "How far it travels; never wider than what it answers"),
      Key(
        "agreed-by", .agreements, names: .contributor, "The author, who agreed to that audience"),
      Key(
        "kind", .choice("response", "mention"),
        "A mention comes from elsewhere, and is listed and counted apart"),
      Key("removed", .text, "Why it was taken away"),
      Key(
        "aliases", .list(of: "anchors"),
        "Old anchors on the post's page, such as `comment-12`; with the page before it, one on another post's page, where a line then leads here"
      ),
      Key("source", .citation, "Where the thought came from, or where a mention stands"),
      Key("language", .language, "The language of the text, where it is not the page's"),
      Key("id", .feedID, "What stands for the response in the ids of feeds, or a whole URI"),
      Key(
        "changes", .changes,
        "Which changes of its words are shown: all, none, or those of a time such as `24 months`"),
    ],
    [.any(["author", "guest", "removed"]), .notBoth("author", "guest")])

  package static let contributor = Schema(
    "contributor",
    [
      Key("name", .title, "The name that is shown"),
      Key("url", .url, "The person's own page"),
      Key("image", .file, "A portrait, beside the file"),
      Key("aliases", .list(of: "names"), "Other names by which `author` may call the person"),
      Key("listed", .flag, "Whether lists of people show the person"),
      Key("audience", .audience, "How far the file travels"),
      Key(
        "claims", .list(of: "responses"), names: .postOrResponse,
        "Guests' responses that are this person's, as `slug#response-<id>`"),
      Key(
        "accounts",
        .list(of: "forges and accounts", .pattern("^(?:github|gitlab|forgejo):[^\\s]+$")),
        "This person's accounts on forges, such as `github:ada`: a reply that is sent from one as an issue is signed by this person"
      ),
    ])

  package static let topic = Schema(
    "topic",
    [
      Key("title", .title, "The name that is shown"),
      Key("parent", .person, names: .topic, "The topic above this one"),
      Key("aliases", .list(of: "names"), "Other names that mean this topic"),
      Key("order", .readingPath, names: .post, "Posts as a path to read in"),
      Key("guide", .flag, "Shows the posts of `order`, at most 128, as the pages of a manual"),
      Key("audience", .audience, "How far the file travels"),
    ])

  package static let page = Schema(
    "page",
    [
      Key("title", .title, "The page's title"),
      Key(
        "menu", .menuPlace,
        "Shows it in the menu, under its title or under this text, as long as `stoa.yml` has no `menu` of its own"
      ),
      Key("order", .order, "Its place among the pages in the menu, lowest first"),
      Key("audience", .audience, "How far it travels"),
      Key("aliases", .list(of: "addresses"), "Old addresses that send readers on to this one"),
      Key("language", .language, "The language of the text"),
      Key(
        "anchors", .anchors,
        "Anchors that headings had before, each with the one that it has now"),
    ])

  package static let settings = Schema(
    "stoa.yml",
    [
      Key("title", .title, "The community's name"),
      Key(
        "url", .siteURL,
        "The site's address, perhaps with a path: http or https, without a user, a query or a fragment"
      ),
      Key("description", .text, "One sentence on what the community is"),
      Key(
        "language", .language,
        "The language of the site's own words, and of texts that name none"),
      Key(
        "timezone", .zone,
        "The zone of dates that name none, and in which times are shown: a name such as `Europe/Lisbon`"
      ),
      Key("hue", .hue, "The accent's hue in degrees"),
      Key("logo", .file, "A picture for the top of each page, from `content/static/`"),
      Key(
        "menu", .menu, names: .address,
        "What the menu holds: slugs, addresses, or entries with a `title` and an `address`"),
      Key(
        "page-size", .pageSize,
        "How many entries a page of a list holds; a conversation is never cut"),
      Key("feed-size", .pageSize, "How many entries a feed has, the newest ones"),
      Key(
        "feed-archive", .flag,
        "Puts the older entries of feeds into documents of their own, to which the feeds lead (RFC 5005)"
      ),
      Key(
        "smart-punctuation", .flag,
        "Turns straight quotation marks into curly ones, and runs of hyphens and full stops into dashes and ellipses"
      ),
      Key(
        "permalinks", .permalinks,
        "The pattern of posts' addresses, of `:slug`, `:year`, `:month`, `:day` and plain words"),
      Key("search", .choice("stoa", "none"), "Whether the site has a search page and its index"),
      Key("highlight", .choice("none", "pygments"), "What colours code"),
      Key(
        "history", .choice("required", "optional", "none"),
        "Whether git's history is read, and whether a build may do without it"),
      Key(
        "ignore-revisions", .list(of: "commits", .pattern("^[0-9A-Fa-f]{7,64}$")),
        "Commits that do not count as changes, by seven or more digits of their hash"),
      Key("strip-metadata", .flag, "Takes places, cameras and names out of copied pictures"),
      Key(
        "audiences", .list(of: "names", ValueShape.audienceName), "The audiences, narrowest first"),
      Key("default-audience", .audience, "The audience of posts and pages that name none"),
      Key("forge", .forge, "Where the repository is, for links to it"),
      Key("reply", .reply, "The ways to reply that readers are offered"),
      Key("rules", .rules, "How much a diagnostic weighs here: `error`, `warning` or `off`"),
      Key(
        "id", .feedAuthority,
        "What stands in the ids of feeds' entries, such as `notes.example,2026`"),
      Key("gone", .gone, "What was published and leads nowhere on purpose"),
      Key(
        "addresses-in-text", .choice("mask", "show"),
        "Whether e-mail addresses that people typed into responses are shown"),
      Key(
        "changes", .changes,
        "Which changes of words are shown where a text does not say: all, none, or those of a time such as `24 months`"
      ),
    ],
    [.required("title")])
}
