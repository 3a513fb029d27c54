"""Forms of 360 feedback: cycles for HR, the questionnaire for raters."""
