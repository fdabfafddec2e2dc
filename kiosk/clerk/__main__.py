"""`python -m kiosk.clerk FD PARENT`: started by the desk, never by hand."""

import os
import sys

from kiosk.clerk.process import main

if __name__ == "__main__":
    sys.excepthook = lambda *_: os._exit(1)  # a traceback could spell out somebody's record
    main(int(sys.argv[1]), int(sys.argv[2]))
