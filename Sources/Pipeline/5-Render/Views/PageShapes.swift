internal import StoaAddresses
internal import StoaTemplates

extension PageKind {
  /// What the kind's template may show.
  internal var shape: Shape {
    switch self {
    case .home: HomeView.shape
    case .conversation: ConversationView.shape
    case .page: PageView.shape
    case .posts: PostsView.shape
    case .topics: TopicsView.shape
    case .topic: TopicView.shape
    case .contributors: ContributorsView.shape
    case .contributor: ContributorView.shape
    case .questions: QuestionsView.shape
    case .practices: PracticesView.shape
    case .archive: ArchiveView.shape
    case .notFound: NotFoundView.shape
    case .search: SearchView.shape
    case .redirect: RedirectView.shape
    }
  }
}
