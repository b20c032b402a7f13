"""The dbt project: models, tests, macros, seeds and saved queries. It holds no Python."""
