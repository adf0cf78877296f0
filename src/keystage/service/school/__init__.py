"""The school's side: roll, cohort, marksheet, sign-off, export, results."""
