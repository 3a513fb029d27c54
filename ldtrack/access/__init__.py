"""Who may do what: actors, actions, rules, relationships and the one policy table."""
