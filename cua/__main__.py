"""`python -m cua` is the command `cua`."""

from cua.cli import main

if __name__ == "__main__":
    main()
