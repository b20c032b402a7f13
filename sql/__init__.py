"""The dbt project: staging, intermediate and mart models, their tests, and saved queries."""
