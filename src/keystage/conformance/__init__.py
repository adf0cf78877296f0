"""The conformance pack: made-up files, good and faulty, with what a right program must find in each; and its scoring.

What must be found comes from the seeded fault, as the simulation notes it, and never from running the checks.
"""
