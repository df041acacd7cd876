import StoaHistory
import StoaModel

/// Where the workflows of a new community download Stoa from.
struct StoaSource {
  let repository: String
  /// A released version, or a commit to compile.
  let version: String
  let isReleased: Bool
  let isKnown: Bool

  /// Describes this program: a release, or a build of a checkout that others can fetch.
  init(checkout: String?, git: String?) {
    if let repository = Release.repository {
      (self.repository, version, isReleased, isKnown) = (repository, stoaVersion, true, true)
    } else if let checkout, let git, let origin = gitOrigin(of: checkout, git: git) {
      (repository, version, isReleased, isKnown) = (origin.repository, origin.revision, false, true)
    } else {
      (repository, version, isReleased, isKnown) = (
        "https://forge.example/stoa", "main", false, false
      )
    }
  }

  /// The URL of the release's schema of stoa.yml, for editors; nil for a program that was compiled locally.
  static var schemaAddress: String? {
    guard let repository = Release.repository else { return nil }
    let isGitLab = RemoteRepository(remote: repository)?.kind == .gitlab
    let folder =
      isGitLab
      ? "-/releases/v\(stoaVersion)/downloads" : "releases/download/v\(stoaVersion)"
    return "\(repository)/\(folder)/stoa.schema.json"
  }

  /// The container image for jobs: with git, curl and Python, or with a compiler.
  var image: String {
    isReleased
      ? "python:3.13-bookworm@sha256:07bf1bd38e191e3ed18b5f3eb0006d5ab260cb8c967f49d3bf947e5c2e44d8a9"
      : "swift:6.2.1-bookworm@sha256:73f569f5536fe3c9ad5109eb4622c5560af7424d55304955190e5fbccc047b86"
  }
}
