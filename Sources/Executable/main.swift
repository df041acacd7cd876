import StoaParse

if CommandLine.arguments.dropFirst().first == parseWorkerArgument { runParseWorker() }
print("stoa")
