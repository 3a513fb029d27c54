"""The arithmetic and the anonymity of 360 feedback, pure: answers in, one frozen release out."""
