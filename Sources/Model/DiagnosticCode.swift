/// The stable name of a kind of diagnostic.
///
/// Names never change: a community's `rules` and scripts rely on them.
package enum DiagnosticCode: String, Sendable, Hashable, CaseIterable {
  // stoa.yml
  case missingSettings = "missing-settings"
  case invalidSetting = "invalid-setting"
  case unknownSetting = "unknown-setting"
  case missingContent = "missing-content"

  // Files and names
  case unreadableFile = "unreadable-file"
  case tooManyMarks = "too-many-marks"
  case notUTF8 = "not-utf-8"
  case emptyFile = "empty-file"
  case fileTooLarge = "file-too-large"
  case lineTooLong = "line-too-long"
  case notARegularFile = "not-a-regular-file"
  case invalidName = "invalid-name"
  case strayFile = "stray-file"
  case duplicateSlug = "duplicate-slug"
  case duplicateId = "duplicate-id"
  case slugCollision = "slug-collision"
  case duplicateAddress = "duplicate-address"

  // Front matter
  case missingFrontMatter = "missing-front-matter"
  case unclosedFrontMatter = "unclosed-front-matter"
  case invalidYAML = "invalid-yaml"
  case forbiddenYAML = "forbidden-yaml"
  case controlCharacter = "control-character"
  case unknownKey = "unknown-key"
  case duplicateKey = "duplicate-key"
  case invalidValue = "invalid-value"
  case tooManyNames = "too-many-names"
  case invalidDate = "invalid-date"
  case missingTitle = "missing-title"
  case missingAuthor = "missing-author"
  case missingDate = "missing-date"
  case dateFromHistory = "date-from-history"
  case authorAndGuest = "author-and-guest"
  case personalAddress = "personal-address"
  case unknownAudience = "unknown-audience"
  case audienceTooWide = "audience-too-wide"

  // Conversations
  case missingPost = "missing-post"
  case missingParent = "missing-parent"
  case replyCycle = "reply-cycle"
  case missingAnswer = "missing-answer"
  case answerWithoutQuestion = "answer-without-question"
  case olderThanParent = "older-than-parent"

  // References
  case unresolvedLink = "unresolved-link"
  case unresolvedMention = "unresolved-mention"
  case unresolvedReference = "unresolved-reference"
  case ambiguousLink = "ambiguous-link"
  case missingHeading = "missing-heading"
  case missingResponse = "missing-response"
  case missingImage = "missing-image"
  case unreadableImage = "unreadable-image"
  case missingTopic = "missing-topic"
  case topicCycle = "topic-cycle"
  case shadowedAlias = "shadowed-alias"

  // Markdown
  case markdownTooComplex = "markdown-too-complex"
  case nestedTooDeep = "nested-too-deep"
  case unsafeAddress = "unsafe-address"

  // Theme
  case templateSyntax = "template-syntax"
  case unknownName = "unknown-name"
  case unknownPartial = "unknown-partial"
  case partialCycle = "partial-cycle"
  case rawText = "raw-text"
  case invalidStrings = "invalid-strings"
  case missingStrings = "missing-strings"

  // What only a check looks for
  case duplicateTitle = "duplicate-title"
  case emptyResponse = "empty-response"
  case headingJump = "heading-jump"
  case lowContrast = "low-contrast"
  case missingAlternative = "missing-alternative"
  case misspeltMention = "misspelt-mention"
  case orphanedAsset = "orphaned-asset"
  case placeholderName = "placeholder-name"
  case redirectedLink = "redirected-link"
  case similarContributors = "similar-contributors"
  case similarTopics = "similar-topics"
  case vanishedAddress = "vanished-address"

  // Tools and history
  case missingTool = "missing-tool"
  case plainCode = "plain-code"
  case shallowHistory = "shallow-history"
  case missingHistory = "missing-history"
  case trackedCache = "tracked-cache"

  /// The severity unless a community's `rules` say otherwise: errors are about identity, structure and safety.
  package var severity: Diagnostic.Severity {
    switch self {
    case .unknownKey, .unknownSetting, .strayFile, .dateFromHistory, .olderThanParent,
      .missingAnswer, .answerWithoutQuestion, .ambiguousLink, .unresolvedLink, .unresolvedMention,
      .unresolvedReference,
      .missingHeading, .missingResponse, .missingImage, .unreadableImage, .missingTopic,
      .shadowedAlias, .unsafeAddress,
      .missingStrings,
      .missingHistory, .trackedCache, .duplicateTitle, .emptyResponse, .headingJump, .lowContrast,
      .missingAlternative, .misspeltMention, .orphanedAsset, .placeholderName, .redirectedLink,
      .similarContributors,
      .similarTopics:
      .warning
    case .missingTool, .plainCode:
      .note
    default:
      .error
    }
  }
}
