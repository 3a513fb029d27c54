"""What every test may ask for."""

pytest_plugins = [
    "tests.infrastructure.browser",
    "tests.infrastructure.nothing_skipped",
    "tests.infrastructure.postgres",
]
