"""python -I -S warm_client.py SOCKET -m MODULE WORD…: have `tests.warm_starts` be that process, and end as it does.

Hands on what a child inherits: streams, folder, environment, the bound of a file, whether it leads a session.
"""

import json
import os
import resource
import socket
import sys
from pathlib import Path

if __name__ == "__main__":
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as line:
        line.connect(sys.argv[1])
        asked = {
            "words": sys.argv[3:],
            "cwd": str(Path.cwd()),
            "environ": dict(os.environ),
            "file_bytes": resource.getrlimit(resource.RLIMIT_FSIZE),
            "leads": os.getsid(0) == os.getpid(),
        }
        socket.send_fds(line, [json.dumps(asked).encode()], [0, 1, 2])
        for stream in range(3):  # theirs now: whoever reads them waits for the end of those who have them
            os.close(stream)
        os._exit(int(line.recv(16) or 1))
