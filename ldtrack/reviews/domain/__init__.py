"""The values and rules of reviews, pure: a document, how it is chosen, frozen and read again."""
