"""What can be done with organisations, people, accounts and sign-ins."""
