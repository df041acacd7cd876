import StoaAddresses
import StoaHTML
package import StoaLink
package import StoaModel
import StoaSystem
import StoaTemplates

/// The options of Render.
package struct RenderOptions: Sendable {
  /// The site's URL without a slash at its end; empty when it has none yet.
  package var baseURL: String
  /// The syntax highlighting of code.
  package var highlights: Highlights
  /// What formulas and diagrams look like.
  package var typesetting: Typesetting
  /// Nil: replies go where the settings say.
  package var replyForm: ReplyForm?

  package init(
    baseURL: String, highlights: Highlights = .none, typesetting: Typesetting = .none
  ) {
    self.baseURL = baseURL
    self.highlights = highlights
    self.typesetting = typesetting
  }
}

/// Plans every file of the site, in order of its path, each with its content as data.
///
/// Nothing is rendered yet: Write renders the files, on all cores. A theme with errors gives diagnostics and no files.
package func render(_ community: Community, options: RenderOptions) -> Plan {
  var plan = Plan(
    audience: community.settings.name(of: community.audience), baseURL: options.baseURL)
  let theme = SiteTheme(community)
  plan.diagnostics = theme.diagnostics
  guard let strings = theme.strings, theme.isUsable else { return plan }
  let context = ViewContext(
    community: community, site: Site(baseURL: options.baseURL), strings: strings,
    assets: ThemeAssets(theme.files, strings, community: community), highlights: options.highlights,
    typesetting: options.typesetting, replyForm: options.replyForm)
  let renderContext = RenderContext(context, theme: theme.templates)
  var planner = Planner(renderContext)
  planner.addPages()
  planner.addFeeds()
  planner.addSubscriptionLists()
  planner.addTwins()
  planner.addFormerAddresses()
  planner.addFiles()
  plan.plannerDiagnostics = planner.diagnostics + renderContext.frame.diagnostics
  plan.diagnostics += plan.plannerDiagnostics
  plan.files = planner.files
  plan.redirects = planner.redirects
  plan.addressList = planner.addressList
  plan.renderContext = renderContext
  return plan
}

/// Collects a site's files: the first file with a path keeps it, and a path is never both a file and a folder.
struct Planner {
  private let renderContext: RenderContext
  private var planned: [String: PlannedFile] = [:]
  /// The folders of planned files.
  private var folders: Set<String> = []
  /// The redirects, in order.
  var redirects: [Redirect] = []
  /// The addresses that were removed on purpose.
  var gone: [GonePlace] = []
  var diagnostics: [Diagnostic] = []
  /// The pages so far that navigation lists, in arbitrary order.
  private(set) var pages: [(kind: PageKind, address: SiteAddress)] = []
  /// The conversations that lists show, newest first.
  let listed: [Index<Conversation>]
  /// The addresses of feeds that subscribers rely on.
  var feedAddresses: [SiteAddress] = []
  /// The addresses of conversations as markdown.
  var twinAddresses: [SiteAddress] = []
  /// The content of addresses.txt.
  var addressList: AddressList?

  var context: ViewContext { renderContext.view }

  init(_ renderContext: RenderContext) {
    self.renderContext = renderContext
    let community = renderContext.view.community
    listed = community.conversations.places.filter { community.isListed($0) }
    // Most files are a conversation's page and feed, in a folder of their own.
    planned.reserveCapacity(3 * context.community.conversations.count)
    folders.reserveCapacity(2 * context.community.conversations.count)
    let root = RootFolder(context.community.root)
    // The community's own file has precedence over a generated one.
    for file in context.community.files {
      let wave: PlannedFile.Wave = file.address == .robots ? .entrance : .asset
      add(
        file.address, wave,
        .copy(
          of: file.asset.file, in: root, strippingMetadata: context.settings.stripsMetadata))
    }
  }

  /// In byte order of their paths.
  var files: [PlannedFile] { planned.values.sorted { $0.path.precedes($1.path) } }

  /// Plans a file with the bytes of one that is planned already.
  mutating func add(copyOf original: SiteAddress, at address: SiteAddress) {
    guard let file = planned[original.outputPath] else { return }
    add(address, file.wave, file.content)
  }

  /// In arbitrary order.
  var paths: some Collection<String> { planned.keys }

  /// Adds a file that depends on the community.
  mutating func add(
    _ rendering: some Rendering, at address: SiteAddress, _ wave: PlannedFile.Wave
  ) {
    add(address, wave, .rendered(rendering, renderContext))
  }

  /// Adds a file with fixed bytes.
  mutating func add(_ bytes: [UInt8], at address: SiteAddress, _ wave: PlannedFile.Wave) {
    add(address, wave, .stored(.memory(bytes)))
  }

  /// - Returns: Whether the path was free.
  @discardableResult
  private mutating func add(
    _ address: SiteAddress, _ wave: PlannedFile.Wave, _ content: PlannedFile.Content
  ) -> Bool {
    let path = address.outputPath
    guard !isTaken(path) else { return false }
    planned[path] = PlannedFile(path: path, wave: wave, content: content)
    var folder = path.pathFolder
    while !folder.isEmpty, folders.insert(folder).inserted { folder = folder.pathFolder }
    return true
  }

  mutating func add<Subject: PageSubject>(_ page: Subject, at address: SiteAddress) {
    let (kind, row) = (Subject.View.kind, Subject.View.kind.row)
    let isPlanned = add(
      address, row.isEntrance ? .entrance : .page, .rendered(page, renderContext))
    guard row.reach != .none else { return }
    if isPlanned { pages.append((kind, address)) } else { reportTaken(address) }
  }

  /// Reports a further page of a list whose address a post has; a file of `static` may replace one on purpose.
  private mutating func reportTaken(_ address: SiteAddress) {
    guard
      let owner = context.community.conversations.first(where: { $0.address.path == address.path })
    else { return }
    let isTold = context.community.diagnostics.contains {
      $0.code == .duplicateAddress && $0.location.file == owner.post.file
    }
    guard !isTold else { return }
    diagnostics.append(
      Diagnostic(
        .duplicateAddress, at: SourceLocation(file: owner.post.file),
        "“\(address.path)” would be the address of this and of a page that Stoa makes",
        suggestion: "rename the file, or change the permalinks"))
  }

  /// Whether a path is planned already, or would be a file where another is a folder.
  func isTaken(_ path: String) -> Bool {
    if planned[path] != nil || folders.contains(path) { return true }
    var folder = path.pathFolder
    // No parent of a known folder is a file.
    while !folder.isEmpty, !folders.contains(folder) {
      if planned[folder] != nil { return true }
      folder = folder.pathFolder
    }
    return false
  }
}
