"""Values that everything else stands on: clock, ids, periods, errors, distributions."""
