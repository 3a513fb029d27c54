"""The network side: for now triads, three people who hold each other to what they promised."""
