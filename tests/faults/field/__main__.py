"""`python -m tests.faults.field --kills 1000`: the long trial, on one database or both."""

import argparse

from tests.faults.field.trial import BUGS, confirm_in_parallel, installed, report, run_trial


def main() -> int:
    """Run and print; the exit code is 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--seconds", type=float, default=0, help="and go on without kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parallel", type=int, default=100, help="records, each 32 times at once")
    parser.add_argument("--bug", choices=BUGS, default="", help="plant a bug: must turn red")
    given = parser.parse_args()
    both = ("sqlite", "postgresql")
    is_right = True
    for database in both if given.database == "both" else (given.database,):
        with installed(database) as installation:
            share = given.kills // (2 if given.database == "both" else 1)
            result = run_trial(
                installation, kills=share, seconds=given.seconds, seed=given.seed, bug=given.bug
            )
            report(f"{database}: {result}")
            is_right = is_right and not result.faults and not result.found
        if given.parallel and not given.bug:
            with installed(database) as installation:
                odd, wrong = confirm_in_parallel(installation, records=given.parallel)
                report(f"{database}: 32 at once, {given.parallel} times: {odd or 'alike'}; {wrong}")
                is_right = is_right and not odd and not any(wrong.values())
    return 0 if is_right else 1


if __name__ == "__main__":
    raise SystemExit(main())
