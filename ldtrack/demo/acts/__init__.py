"""What happens in a made-up organisation, one kind of thing a module, through the services."""
