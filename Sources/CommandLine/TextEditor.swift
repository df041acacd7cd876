import StoaPlatform
import StoaSystem

/// The user's editor.
enum TextEditor {
  /// Opens a file in `$VISUAL` or `$EDITOR` and waits, if one is set and the program runs in a terminal.
  static func open(_ path: String) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, let editor = chosen else { return }
    // The variable may hold a command with arguments, so a shell parses it; the path remains one word.
    let command = ["-c", "\(editor) \"$1\"", "sh", path]
    let environment = ChildProcess.environment()
    guard let process = try? ChildProcess("/bin/sh", command, environment: environment) else {
      return
    }
    // Ctrl-C in the editor must not end this program.
    let before = signal(SIGINT, SIG_IGN)
    _ = try? process.wait()
    signal(SIGINT, before)
  }

  private static var chosen: String? {
    for name in ["VISUAL", "EDITOR"] {
      if let value = getenv(name), value.pointee != 0 { return String(cString: value) }
    }
    return nil
  }
}
