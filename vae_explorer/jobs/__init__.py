"""Training runs as child processes: one folder per run is the whole state, so whoever looks can take it up.

<runs>/.jobs/<name>/
    job.json    what is asked for: settings, whether it shall run, its place in the queue   (written by `desk` alone)
    life.json   the process of its last attempt, and how that ended                         (written by `keeper` alone)
    log.txt     what that attempt said, bounded
    lock        held by every process of an attempt that is still there
    notes.txt   a person's note
    journal/    what is needed to watch the training and to go back in time (see `journal`)

The checkpoint itself lies in <runs>/<name>, as of any run.
"""
