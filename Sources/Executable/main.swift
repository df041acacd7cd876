import StoaCommandLine
import StoaParse

if CommandLine.arguments.dropFirst().first == parseWorkerArgument { runParseWorker() }
await runStoa()
