"""Messages by SMS and Zalo: one request a message to a gateway that the operator names.

``POST`` of JSON ``{to, text, template, parameters, reference}`` with ``Authorization: Bearer <key>``. The header
``Idempotency-Key`` is the same each time a message is tried, so that a gateway that took it before we could note so
takes it once; 409 says that it has it already. Whatever a provider wants instead is put before it as a small relay.
"""

import http.client
import json
from http import HTTPStatus
from urllib.parse import urlsplit

from feedback_app.config import Settings
from feedback_app.core.security import keyed_hash
from feedback_app.notifications.letters import short_text
from feedback_app.notifications.models import Dispatch
from feedback_app.notifications.outgoing import Away, Refused, Sender
from feedback_app.notifications.rules import Channel

PATIENCE = 5.0  # seconds
TAKEN_BEFORE = 409
WRONG_MESSAGE = frozenset({400, 410, 413, 415, 422})  # otherwise the key, the address or the moment is wrong


def gateway_for(settings: Settings, channel: Channel) -> Sender | None:
    """Return what sends in that channel, ``None`` where no gateway is set.

    Raises:
        ValueError: the address is none of ``http://`` or ``https://``.
    """
    by_sms = channel is Channel.SMS
    url, key = (settings.sms_url, settings.sms_key) if by_sms else (settings.zalo_url, settings.zalo_key)
    if not url:
        return None
    address = urlsplit(url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ValueError(f"FEEDBACK_{channel.upper()}_URL must begin with http:// or https://")
    return lambda message: _post(url, key.get_secret_value(), message)


def _post(url: str, key: str, message: Dispatch) -> None:
    address = urlsplit(url)
    connects = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = connects(address.hostname or "", address.port, timeout=PATIENCE)
    try:
        path = (address.path or "/") + (f"?{address.query}" if address.query else "")
        connection.request("POST", path, json.dumps(_content(message)).encode(), _headers(key, message))
        _judge(connection.getresponse().status)
    except http.client.HTTPException as error:
        raise Away(type(error).__name__) from None
    finally:
        connection.close()


def _content(message: Dispatch) -> dict[str, object]:
    parameters = {name: message.data[name] for name in ("ticket", "code") if name in message.data}
    return {
        "to": message.recipient,
        "text": short_text(message),
        "template": f"{message.letter}-{message.locale}",  # Zalo knows texts by their registered name
        "parameters": parameters,
        "reference": message.data.get("ticket", ""),
    }


def _headers(key: str, message: Dispatch) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json",
        "Idempotency-Key": keyed_hash(f"{message.channel}:{message.key}", "gateway")[:40],
    }


def _judge(status: int) -> None:
    """Take 2xx as sent; redirections are not followed, since the key is for nobody else."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES or status == TAKEN_BEFORE:
        return
    if status in WRONG_MESSAGE:
        raise Refused(f"HTTP {status}")
    raise Away(f"HTTP {status}")
