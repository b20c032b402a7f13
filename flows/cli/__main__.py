"""``python -m flows.cli``: the same as the command ``newsledger``."""

from flows.cli import main

if __name__ == "__main__":
    main()
