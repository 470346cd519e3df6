"""`python -m mailbot`."""

import sys

from mailbot.app.cli import main

sys.exit(main())
