import Stoa
import StoaCommandLine

StoaWorker.runIfAsked()
await runStoa()
