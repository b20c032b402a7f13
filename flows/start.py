"""``python -m flows.start``: the process of a run that a worker has started.

It is Prefect's own engine, in a Python that this package has set up before Prefect is imported.
"""

import runpy

if __name__ == "__main__":
    runpy.run_module("prefect.engine", run_name="__main__", alter_sys=True)
