"""Reviews: what is known of a leader on a day, frozen, printed, agreed to and sent."""
