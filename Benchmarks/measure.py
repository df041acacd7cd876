"""Measures complete processes with their children: wall time, CPU, and memory."""

import dataclasses
import os
import statistics
import subprocess
import threading
import time


@dataclasses.dataclass
class Run:
    wall: float
    user: float
    system: float


def run(command, cwd=None, status=0):
    """Runs a command to its end, which must have this exit status; its children are included."""
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, ended, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(ended)
    if process.returncode != status:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {process.returncode}")
    return Run(wall, usage.ru_utime, usage.ru_stime)


def best(runs, figure):
    return min(getattr(run, figure) for run in runs)


def median(runs, figure):
    return statistics.median(getattr(run, figure) for run in runs)


def peak_memory(command, cwd=None, interval=0.02):
    """The peak memory of a command and its children, in bytes: the sum of their proportional sets."""
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)
    peak, done = 0, threading.Event()

    def sample():
        nonlocal peak
        while not done.wait(interval):
            peak = max(peak, sum(proportional_set(pid) for pid in processes_of_session(process.pid)))

    sampler = threading.Thread(target=sample)
    sampler.start()
    process.wait()
    done.set()
    sampler.join()
    return peak


def processes_of_session(session):
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as file:
                    fields = file.read().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session:
                yield entry


def proportional_set(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            return next((int(line.split()[1]) * 1024 for line in file if line.startswith("Pss:")), 0)
    except OSError:
        return 0
