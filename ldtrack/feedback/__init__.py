"""360 feedback: cycles, questionnaires, raters, answers and the one release made of them."""
