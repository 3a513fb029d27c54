"""What every test may ask for; a module that another imports comes before it."""

pytest_plugins = [
    "tests.infrastructure.browser",
    "tests.infrastructure.nothing_skipped",
    "tests.infrastructure.postgres",
    "tests.infrastructure.side_by_side",
    "tests.infrastructure.database",
    "tests.infrastructure.organisation",
    "tests.infrastructure.demo",
]
