"""coach: a conversational coaching assistant for mentoring pairs, in the terminal."""

import os

__version__ = "0.1.0"

# Our linear systems are small: several BLAS threads fight over the cores and take longer than one.
# Read when numpy is first imported; what the user has set stays.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
