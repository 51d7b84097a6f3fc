"""`make walk`: the guides of many drawn people, each built strictly. Arguments: how many, the first seed."""

import shutil
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import people


def built(folder: Path, seed: int) -> str:
    """What went wrong with one person, or nothing."""
    from matchguide.mistakes import MistakesFound
    from matchguide.site.build import build

    data, on = people.draw(seed)
    try:
        build(people.guide_of(data, on)[2], folder / str(seed))
    except MistakesFound as error:
        return f"person {seed} on {on}: {error}"
    finally:
        shutil.rmtree(folder / str(seed), ignore_errors=True)
    return ""


def main() -> int:
    count, first = (int(given) for given in (*sys.argv[1:3], *("1000", "0")[len(sys.argv) - 1 :]))
    failed = 0
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor() as pool:
        seeds = range(first, first + count)
        for n, told in enumerate(pool.map(partial(built, Path(folder)), seeds, chunksize=8), 1):
            failed += bool(told)
            if told or n % 100 == 0:
                print(told or f"{n} of {count} built", flush=True)
    print(f"{count - failed} of {count} people got their guide.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
