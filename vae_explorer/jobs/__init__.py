"""Training runs as child processes: one folder per run is the whole state, so whoever looks can take it up.

<runs>/.jobs/<name>/
    job.json    what is asked for: settings, whether it shall run, its place in the queue   (written by `desk` alone)
    life.json   the process of its last attempt, and how that ended                         (written by `keeper` alone)
    log.txt     what that attempt said, bounded
    lock        held by every process of an attempt that is still there
    notes.txt   a person's note
    beat        touched every few seconds while an attempt is at work, wherever that is     (by `keeper` alone)
    journal/    what is needed to watch the training and to go back in time (see `journal`)

The checkpoint itself lies in <runs>/<name>, as of any run.

records       what is asked for: the settings of runs on disk
lives         the processes of runs, and locks that die with their holder
heartbeat     what tells of an attempt that it is alive, on another machine too
keeper        the process that keeps one attempt at a run
run_names     names, each of which is one run's
desk          who asks for runs: each once, in a queue of one slot
slot          what waits is started, one run at a time
reports       how far runs have come, read from their folders
overview      how all of them stand, of which those at rest are read once
endings       how a run came to its end without being finished
sweeps        runs that differ in β and seed alone, asked for together
number_lists  the β values and seeds of a sweep as people write them
seeds         more seeds of a model, as a sweep
estimates     what a run would cost, measured on some of its steps
housekeeping  another name, a note, or the end of a run
archives      a model as one zip
model_zip     such a zip as a run again
storage       what the runs take of the disk
"""
