/// The keys of every kind of file, in the order in which the reference lists them.
extension Schema {
  package static let all = [post, response, contributor, topic, page, settings]

  package static let post = Schema(
    "post",
    [
      Key("title", .title, "The post's title, of at most 500 bytes, as all titles and names"),
      Key("author", .people, names: .contributor, "The authors: handles or names, at most 64"),
      Key("date", .date, "When it was published"),
      Key("updated", .date, "When it last changed in substance"),
      Key("topics", .list(of: "names"), names: .topic, "What it is about, at most 128"),
      Key("audience", .audience, "Who may see it; a name from the `audiences` of `stoa.yml`"),
      Key(
        "agreed-by", .agreements, names: .contributor,
        "Which of its authors agreed to that audience"),
      Key("summary", .text, "What lists, feeds and cards show"),
      Key("kind", .choice("article", "question", "practice"), "The kind of post"),
      Key("answer", .responseID, names: .response, "The response that answers a question"),
      Key(
        "distilled-from", .list(of: "slugs"), names: .postOrResponse,
        "What a practice was learned from"),
      Key("reviewed", .date, "The day of the last review, which confirmed it"),
      Key("review-by", .date, "The day by which it needs another review"),
      Key(
        "superseded-by", .slug, names: .post,
        "The post that replaces it: each of the two links to the other"),
      Key(
        "began-in", .slug, names: .postOrResponse,
        "The post, or `slug#response-<id>`, in which it began: each of the two links to the other"),
      Key(
        "translation-of", .slug, names: .post,
        "The original post, of which this one is a translation"),
      Key("source", .citation, "The source of the thought"),
      Key(
        "aliases", .list(of: "addresses"),
        "Old addresses, each of which redirects to this one"),
      Key("draft", .flag, "Leaves the post and its responses out of the build"),
      Key("language", .language, "The language of the post, such as `ar` or `pt-BR`"),
      Key("pinned", .flag, "Shows it first on the home page"),
      Key("unlisted", .flag, "Keeps it out of lists, feeds and search engines; its address works"),
      Key("responses", .openness, "Whether a way to reply is offered"),
      Key("image", .file, names: .file, "An image for cards, beside the post"),
      Key("removed", .text, "Why it was removed"),
      Key(
        "anchors", .anchors,
        "Former anchors of headings, each with the current one"),
      Key("id", .feedID, "The post's part of ids in feeds, or a complete URI"),
      Key(
        "changes", .changes,
        "Which changes of its words are shown: all, none, or those of a time such as `24 months`"),
    ],
    [.required("date"), .any(["author", "removed"]), .answerNeedsQuestion])

  package static let response = Schema(
    "response",
    [
      Key("author", .person, names: .contributor, "The author, by handle or name"),
      Key("guest", .title, "The name of a person who is not a contributor"),
      Key("url", .url, "The guest's own page"),
      Key("date", .date, "When it was written"),
      Key(
        "reply-to", .responseID, names: .response,
        "The response to the same post that this one answers"),
      Key(
        "stance", .choice("builds-on", "differs", "experience", "asks"),
        "How it relates to what it answers, in the author's own word"),
      Key(
        "about", .text, "The words of the answered document that it is about, as readers see them"),
      Key(
        "audience", .audience, "Who may see it; never a wider audience than that of what it answers"
      ),
      Key(
        "agreed-by", .agreements, names: .contributor, "The author, who agreed to that audience"),
      Key(
        "kind", .choice("response", "mention"),
        "A mention comes from another site, and is listed and counted separately"),
      Key("removed", .text, "Why it was removed"),
      Key(
        "aliases", .list(of: "anchors"),
        "Old anchors on the post's page, such as `comment-12`; with a page's address before it, an anchor on another post's page, which then links here"
      ),
      Key("source", .citation, "The source of the thought, or of a mention"),
      Key("language", .language, "The language of the response, if it is not the page's"),
      Key("id", .feedID, "The response's part of ids in feeds, or a complete URI"),
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
      Key("aliases", .list(of: "names"), "Other names of the person, which `author` may use"),
      Key("listed", .flag, "Whether lists of people show the person"),
      Key("audience", .audience, "Who may see the file"),
      Key(
        "claims", .list(of: "responses"), names: .postOrResponse,
        "Guests' responses that this person wrote, as `slug#response-<id>`"),
      Key(
        "accounts",
        .list(of: "forges and accounts", .pattern("^(?:github|gitlab|forgejo):[^\\s]+$")),
        "This person's accounts on forges, such as `github:ada`: a reply sent as an issue from one of them is published as this person's"
      ),
    ])

  package static let topic = Schema(
    "topic",
    [
      Key("title", .title, "The name that is shown"),
      Key("parent", .person, names: .topic, "The topic above this one"),
      Key("aliases", .list(of: "names"), "Other names that mean this topic"),
      Key("order", .readingPath, names: .post, "Posts as a reading path"),
      Key("guide", .flag, "Shows the posts of `order`, at most 128, as the pages of a guide"),
      Key("audience", .audience, "Who may see the file"),
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
      Key("audience", .audience, "Who may see it"),
      Key("aliases", .list(of: "addresses"), "Old addresses that redirect to this one"),
      Key("language", .language, "The language of the document"),
      Key(
        "anchors", .anchors,
        "Former anchors of headings, each with the current one"),
    ])

  package static let settings = Schema(
    "stoa.yml",
    [
      Key("title", .title, "The community's name"),
      Key(
        "url", .siteURL,
        "The site's URL, optionally with a path: http or https, without a user, a query or a fragment"
      ),
      Key("description", .text, "One sentence about the community"),
      Key(
        "language", .language,
        "The language of the site's own texts, and of documents that name none"),
      Key(
        "timezone", .zone,
        "The time zone of dates that name none, and of times that are shown: a name such as `Europe/Lisbon`"
      ),
      Key("hue", .hue, "The hue of the accent colour in degrees"),
      Key("logo", .file, "An image for the top of each page, from `content/static/`"),
      Key(
        "menu", .menu, names: .address,
        "The entries of the menu: slugs, addresses, or entries with a `title` and an `address`"),
      Key(
        "page-size", .pageSize,
        "How many entries a page of a list has; a conversation is never split"),
      Key("feed-size", .pageSize, "How many entries a feed has, the newest ones"),
      Key(
        "feed-archive", .flag,
        "Puts the older entries of feeds into archive documents, to which the feeds link (RFC 5005)"
      ),
      Key(
        "markdown", .flag,
        "Writes each conversation as markdown, too, and `llms.txt`, which links to them"),
      Key(
        "smart-punctuation", .flag,
        "Turns straight quotation marks into curly ones, and runs of hyphens and full stops into dashes and ellipses"
      ),
      Key(
        "permalinks", .permalinks,
        "The pattern of posts' addresses, from `:slug`, `:year`, `:month`, `:day` and plain words"),
      Key("search", .choice("stoa", "none"), "Whether the site has a search page and its index"),
      Key("highlight", .choice("none", "pygments"), "The tool for syntax highlighting"),
      Key(
        "math", .flag,
        "Shows TeX between dollar signs, and in blocks of `math`, as formulas, by pandoc"),
      Key("diagrams", .flag, "Draws the blocks of `dot` in posts and pages, by Graphviz"),
      Key(
        "history", .choice("required", "optional", "none"),
        "Whether git's history is read, and whether a build needs it"),
      Key(
        "ignore-revisions", .list(of: "commits", .pattern("^[0-9A-Fa-f]{7,64}$")),
        "Commits that do not count as changes, by seven or more digits of their hash"),
      Key("strip-metadata", .flag, "Removes places, cameras and names from copied images"),
      Key(
        "audiences", .list(of: "names", ValueShape.audienceName), "The audiences, narrowest first"),
      Key("default-audience", .audience, "The audience of posts and pages that name none"),
      Key("forge", .forge, "Where the repository is, for links to it"),
      Key("reply", .reply, "The ways to reply that readers are offered"),
      Key(
        "rules", .rules, "The level of a diagnostic in this community: `error`, `warning` or `off`"),
      Key(
        "id", .feedAuthority,
        "The community's part of ids in feeds, such as `notes.example,2026`"),
      Key("gone", .gone, "Published addresses that were removed on purpose"),
      Key(
        "addresses-in-text", .choice("mask", "show"),
        "Whether e-mail addresses in the text of responses are shown"),
      Key(
        "changes", .changes,
        "Which changes of words are shown if a document does not say: all, none, or those of a time such as `24 months`"
      ),
    ],
    [.required("title")])
}
