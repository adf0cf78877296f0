"""What all tests share: property tests repeat the same examples in CI, and look for new ones everywhere else."""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
