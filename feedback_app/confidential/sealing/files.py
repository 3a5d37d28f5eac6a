"""Files: secretstream in chunks of 64 KiB; a stream that lacks its last chunk is an error, not a shorter file."""

from collections.abc import Iterator
from typing import IO, Any

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from feedback_app.confidential.errors import Tampered

CHUNK = 64 * 1024
OVERHEAD = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
HEADER = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
STEP = 256 * 1024  # the last chunks are noise-free padding up to here: a size tells a step only
MESSAGE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
FINAL = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_MARK = b"\x80"


def new_key() -> bytes:
    return sodium.crypto_secretstream_xchacha20poly1305_keygen()


class Sealer:
    """Takes plain bytes piece by piece and writes sealed chunks to ``target``."""

    def __init__(self, target: IO[bytes], key: bytes) -> None:
        self._target = target
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        self._target.write(sodium.crypto_secretstream_xchacha20poly1305_init_push(self._state, key))
        self._waiting = bytearray()
        self.size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._push(bytes(self._waiting[:CHUNK]), MESSAGE)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Write the padding and the last chunk; without it nobody can read the file."""
        self._waiting += _MARK + bytes(-(self.size + 1) % STEP)
        while len(self._waiting) > CHUNK:
            self._push(bytes(self._waiting[:CHUNK]), MESSAGE)
            del self._waiting[:CHUNK]
        self._push(bytes(self._waiting), FINAL)
        self._waiting.clear()

    def _push(self, chunk: bytes, tag: int) -> None:
        self._target.write(sodium.crypto_secretstream_xchacha20poly1305_push(self._state, chunk, None, tag))


def sealed(source: IO[bytes], target: IO[bytes], key: bytes) -> int:
    """Seal all of ``source`` into ``target``; return the plain size."""
    sealer = Sealer(target, key)
    while piece := source.read(CHUNK):
        sealer.write(piece)
    sealer.finish()
    return sealer.size


def opened(source: IO[bytes], key: bytes, size: int) -> Iterator[bytes]:
    """Yield the ``size`` plain bytes in pieces.

    What has been yielded is genuine and in order, but only a run to the end shows that the file is whole.

    Raises:
        Tampered: changed, swapped, cut off, or followed by something.
    """
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    left = size
    for chunk in _chunks(source, state, key):
        if left:
            yield chunk[:left]
            left -= min(left, len(chunk))
    if left:
        raise Tampered("file")


def _chunks(source: IO[bytes], state: Any, key: bytes) -> Iterator[bytes]:
    try:
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, source.read(HEADER), key)
        tag = MESSAGE
        while tag == MESSAGE:
            chunk, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(
                state, source.read(CHUNK + OVERHEAD), None
            )
            yield chunk
    except (CryptoError, ValueError, TypeError):
        raise Tampered("file") from None
    if tag != FINAL or source.read(1):
        raise Tampered("file")
