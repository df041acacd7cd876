import StoaAddresses

extension PageKind {
  /// The view of the kind's template, which also plans its pages.
  var view: any PageModel.Type {
    switch self {
    case .home: HomeView.self
    case .conversation: ConversationView.self
    case .changes: ChangesView.self
    case .page: PageView.self
    case .posts: PostsView.self
    case .waiting: WaitingView.self
    case .topics: TopicsView.self
    case .topic: TopicView.self
    case .contributors: ContributorsView.self
    case .contributor: ContributorView.self
    case .questions: QuestionsView.self
    case .practices: PracticesView.self
    case .bridges: BridgesView.self
    case .digests: DigestsView.self
    case .digest: DigestView.self
    case .archive: ArchiveView.self
    case .follow: FollowView.self
    case .notFound: NotFoundView.self
    case .search: SearchView.self
    case .redirect: RedirectView.self
    case .gone: GoneView.self
    case .reply: ReplyPageView.self
    }
  }
}
