"""What each page says, as frozen values; how it looks lives in the templates."""
