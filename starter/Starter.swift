/// The files of a new community; `@name@` is a placeholder for a value that is known only when they are written.
package enum Starter {
  package struct File: Sendable {
    /// The path below the community's folder.
    package let path: String
    package let bytes: [UInt8]
    package let isExecutable: Bool
    /// The only kind of forge that uses the file: github, gitlab or forgejo.
    package let forge: String?

    fileprivate init(
      _ path: String, _ bytes: [UInt8], isExecutable: Bool = false, forge: String? = nil
    ) {
      self.path = path
      self.bytes = bytes
      self.isExecutable = isExecutable
      self.forge = forge
    }
  }

  /// In order of path, with stoa.yml last: a folder that has it is a community.
  package static let files = [
    File(".ci/check", EmbeddedFiles.check, isExecutable: true),
    File(".ci/install-stoa", EmbeddedFiles.install_stoa, isExecutable: true),
    File(".ci/preview", EmbeddedFiles.preview, isExecutable: true),
    File(".ci/reply", EmbeddedFiles.reply, isExecutable: true),
    File(".ci/stoa", EmbeddedFiles.stoa, isExecutable: true),
    File(".forgejo/issue_template/reply.yml", EmbeddedFiles.issue_form_yml, forge: "forgejo"),
    File(".forgejo/workflows/replies.yml", EmbeddedFiles.forgejo_replies_yml, forge: "forgejo"),
    File(".forgejo/workflows/site.yml", EmbeddedFiles.forgejo_site_yml, forge: "forgejo"),
    File(".github/ISSUE_TEMPLATE/reply.yml", EmbeddedFiles.issue_form_yml, forge: "github"),
    File(".github/workflows/replies.yml", EmbeddedFiles.github_replies_yml, forge: "github"),
    File(".github/workflows/site.yml", EmbeddedFiles.github_site_yml, forge: "github"),
    File(".gitignore", EmbeddedFiles.gitignore),
    File(".gitlab-ci.yml", EmbeddedFiles.gitlab_ci_yml, forge: "gitlab"),
    File("README.md", EmbeddedFiles.README_md),
    File("content/pages/code-of-conduct.md", EmbeddedFiles.code_of_conduct_md),
    File("content/posts/welcome.md", EmbeddedFiles.welcome_md),
    File("content/responses/welcome/@id@.md", EmbeddedFiles.first_response_md),
    File("site/.gitignore", EmbeddedFiles.site_gitignore),
    File("stoa.yml", EmbeddedFiles.stoa_yml),
  ]
}
