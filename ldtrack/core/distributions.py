"""The normal and Student's t distribution in plain Python; no estimate or decision lives here.

The lower tail matters: someone who passes a task far above their level sits forty standard
deviations out, where a plain `log(cdf(z))` has long become the logarithm of zero.
"""

from __future__ import annotations

import math
from statistics import NormalDist

_STANDARD = NormalDist()
_LOG_ROOT_TWO_PI = 0.5 * math.log(2 * math.pi)
_FAR_TAIL = -30.0
"""Below this the tail series is exact to the last digit of a float."""
_TAIL_SERIES = (1.0, 3.0, 15.0, 105.0, 945.0, 10395.0, 135135.0, 2027025.0)
_TINY = 1e-300


def log_pdf(z: float) -> float:
    """Natural logarithm of the standard normal density."""
    return -0.5 * z * z - _LOG_ROOT_TWO_PI


def pdf(z: float) -> float:
    """Standard normal density."""
    return math.exp(log_pdf(z))


def cdf(z: float) -> float:
    """Chance that a standard normal value is at most z; exact in both tails.

    >>> round(cdf(1.0), 6)
    0.841345
    """
    return 0.5 * math.erfc(-z / math.sqrt(2))


def log_cdf(z: float) -> float:
    """Natural logarithm of `cdf`, finite however far out z lies.

    >>> round(log_cdf(-40.0), 4)
    -804.6084
    """
    if z < _FAR_TAIL:
        return log_pdf(z) - math.log(-z) + math.log1p(-_tail_defect(z))
    if z > 0:
        return math.log1p(-cdf(-z))
    return math.log(cdf(z))


def hazard(z: float) -> float:
    """Density over chance, phi(z) / Phi(z): the mean of a normal value cut off from below.

    Computed as exp(log phi - log Phi); in the far tail, where that loses digits, from the
    tail series of Mills' ratio (Abramowitz and Stegun 26.2.12).

    >>> round(hazard(0.0), 6)
    0.797885
    """
    if z < _FAR_TAIL:
        return -z / (1.0 - _tail_defect(z))
    return math.exp(log_pdf(z) - log_cdf(z))


def hazard_fall(z: float) -> float:
    """How fast the hazard falls, h(z) * (z + h(z)); always in [0, 1).

    It is the share of variance that the cut takes away. Far out z and h(z) nearly cancel, so
    there it is taken from the series instead of from the difference.

    >>> round(hazard_fall(0.0), 6)
    0.63662
    """
    if z < _FAR_TAIL:
        defect = _tail_defect(z)
        return _scaled_defect(z) / (1.0 - defect) ** 2
    h = hazard(z)
    return h * (z + h)


def normal_quantile(share: float) -> float:
    """The z below which `share` (between 0 and 1, neither included) of a normal lies.

    >>> round(normal_quantile(0.9), 4)
    1.2816
    """
    return _STANDARD.inv_cdf(share)


def t_cdf(t: float, df: float) -> float:
    """Chance that Student's t with `df` > 0 degrees of freedom is at most t."""
    if df <= 0:
        raise ValueError("degrees of freedom must be positive")
    tail = 0.5 * _incomplete_beta(df / 2, 0.5, df / (df + t * t))
    return tail if t < 0 else 1.0 - tail


def t_quantile(share: float, df: float) -> float:
    """The t below which `share` (between 0 and 1, neither included) of Student's t lies.

    >>> round(t_quantile(0.95, 9), 4)
    1.8331
    """
    if not 0 < share < 1:
        raise ValueError("a share lies between 0 and 1")
    if share < 0.5:
        return -t_quantile(1.0 - share, df)
    low, high = 0.0, 1.0
    while t_cdf(high, df) < share:
        low, high = high, 2 * high
    while (middle := 0.5 * (low + high)) not in (low, high):
        low, high = (middle, high) if t_cdf(middle, df) < share else (low, middle)
    return middle


def _scaled_defect(z: float) -> float:
    """z squared times `_tail_defect(z)`: 1 - 3/z^2 + 15/z^4 - …"""
    inverse = 1.0 / z / z
    total = 0.0
    for term in reversed(_TAIL_SERIES):
        total = term - inverse * total
    return total


def _tail_defect(z: float) -> float:
    """By how much Mills' ratio at -z falls short of 1/(-z), as a share of it."""
    return _scaled_defect(z) / z / z


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for x in [0, 1]."""
    if x in (0.0, 1.0):
        return x
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(log_front + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a
    return 1.0 - front * _beta_fraction(b, a, 1.0 - x) / b


def _beta_fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    c, d = 1.0, 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1.0 / _away_from_zero(1.0 + term * d)
            c = _away_from_zero(1.0 + term / c)
            fraction *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return fraction


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
