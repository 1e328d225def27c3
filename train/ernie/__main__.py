"""`python -m train.ernie`: train or fine-tune, publish, compare with PaddleNLP."""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before NumPy and Paddle load: the same sums in the same order on each run
os.environ.setdefault("GLOG_minloglevel", "2")  # errors only

import warnings

warnings.filterwarnings("ignore")  # of Paddle, PaddleNLP and what they import, about their own code

from train.ernie.commands import app  # noqa: E402

app(prog_name="python -m train.ernie")
