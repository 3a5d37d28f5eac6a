"""Rate limits: counted under a keyed, coarse form of the address that changes daily, never the address itself."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, request
from flask_limiter import Limiter

from feedback_app.core.clock import today
from feedback_app.core.security import keyed_hash

IPV6_PREFIX = 64  # one household or office, as providers give them out


def visitor() -> str:
    """Return today's pseudonym of the visitor's network (IPv4 whole, IPv6 by /64)."""
    address = request.remote_addr or "unknown"
    try:
        parsed = ip_address(address)
    except ValueError:
        return keyed_hash(address, f"visitor {today()}")
    prefix = IPV6_PREFIX if isinstance(parsed, IPv6Address) else parsed.max_prefixlen
    return keyed_hash(str(ip_network((address, prefix), strict=False)), f"visitor {today()}")


limiter = Limiter(key_func=visitor, default_limits=[])


def init_app(app: Flask, redis_url: str, *, enabled: bool) -> None:
    """Count in Redis where there is one, shared by all processes; in memory while it does not answer."""
    app.config["RATELIMIT_ENABLED"] = enabled
    app.config["RATELIMIT_STORAGE_URI"] = _storage(redis_url)
    app.config["RATELIMIT_STORAGE_OPTIONS"] = {"socket_connect_timeout": 0.5} if redis_url else {}
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = bool(redis_url)
    app.config["RATELIMIT_SWALLOW_ERRORS"] = True
    limiter.init_app(app)


def _storage(redis_url: str) -> str:
    if not redis_url:
        return "memory://"
    return redis_url.replace("unix://", "redis+unix://", 1)
