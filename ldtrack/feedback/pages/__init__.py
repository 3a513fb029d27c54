"""What the pages of 360 feedback show, put together from queries."""
