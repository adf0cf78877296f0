"""Who a pupil is: the unique pupil number, names, birthdays, and when two records are the same child."""
