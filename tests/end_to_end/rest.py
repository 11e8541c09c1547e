"""Programs at rest: the kernel counts how often a thread goes to sleep by
itself, and a program that does nothing is never woken to do so again."""
import os


def wakes(pid):
    """{thread: how often it went to sleep by itself} of a process."""
    found = {}
    for thread in os.listdir("/proc/%d/task" % pid):
        with open("/proc/%d/task/%s/status" % (pid, thread)) as file:
            found[thread] = [line.split()[1] for line in file
                             if line.startswith("voluntary_ctxt_switches")]
    return found


def rests(pause, *pids, tries=10):
    """A pause() passes in which none of the processes wakes up; pause() tells
    whether nothing else happened. The last timers of what was before, or a
    page that is read from the disk again, cost a try; a clock that ticks in
    each pause is found in all of them."""
    for _ in range(tries):
        before = {pid: wakes(pid) for pid in pids}
        quiet = pause()
        after = {pid: wakes(pid) for pid in pids}
        if quiet and before == after:
            return
    raise AssertionError("never at rest: %s, %s, %s" % (quiet, before, after))


def stillness(control, ms=2000):
    """A pause of virtual_drv, without a frame."""
    return lambda: control.ask("settle %d %d" % (ms, ms)) == "ok still"
