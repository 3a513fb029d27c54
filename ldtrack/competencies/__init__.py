"""The competency map: frameworks, versions, competencies, indicators, scales, role profiles."""
