"""What forms and pages are made of: form base, fields, filters, headers; no word of any trade."""
