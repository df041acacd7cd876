import StoaAddresses
import StoaTemplates

/// A page of a list.
protocol ListModel: PageModel {
  var page: ListPage { get }
  var context: ViewContext { get }
}

extension Field where Model: ListModel {
  static var isFirst: Field {
    .flag("isFirst", "whether this is the first page") { $0.page.isFirst }
  }

  static var pager: Field {
    .record("pager", of: PagerView.self, "the pages before and after") {
      $0.page.pager($0.context)
    }
  }

  /// The address of a feed that pages may have.
  static func feed(
    _ documentation: String, _ feed: @escaping @Sendable (Model) -> SiteAddress?
  ) -> Field {
    .text("feedUrl", documentation) { view in feed(view).map { view.context.href($0) } ?? "" }
  }
}
