"""How numpy's linear algebra runs: on one thread."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from threadpoolctl import threadpool_limits

P = ParamSpec("P")
R = TypeVar("R")


def one_blas_thread(function: Callable[P, R]) -> Callable[P, R]:
    """Run a function with one BLAS thread.

    A sum that is split over threads may round otherwise with another number of them, and for products as small as ours
    threads that wait for work double the CPU time (benchmarks/overhead.py).
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with threadpool_limits(limits=1, user_api="blas"):
            return function(*args, **kwargs)

    return run
