import StoaParse

/// The processes that parse markdown for a build.
///
/// cmark-gfm cannot parse in two threads at once, and a document that takes too long can only be stopped together with its
/// process. So ``build(_:)`` and ``check(_:published:)`` start the program of ``BuildOptions/worker``, by default the running
/// program, once for each core.
public enum StoaWorker {
  /// Parses for the build that started this process as its worker, then ends the process.
  ///
  /// Returns immediately in every other process. A program that is its own worker calls this first in its main.
  public static func runIfAsked() {
    if isParseWorker { runParseWorker() }
  }
}
