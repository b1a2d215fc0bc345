"""What parent and child say to each other: JSON over a socket, files as descriptors, pixels in memory."""

from __future__ import annotations

import json
import socket
import struct
from dataclasses import asdict, dataclass
from typing import Any, Literal

from schemas.documents import MediaType

_LENGTH = struct.Struct("<I")
#: A reply longer than this is not ours: 5,000 pages take about 0.7 MB.
_LONGEST_REPLY = 4 << 20


@dataclass(frozen=True, slots=True)
class Request:
    """Ask for the pages of a file (`page` None), or for the pixels of one page counted from 1.

    The input's descriptor travels with it, and for pixels that of the memory to write them to.
    `max_pixels` bounds the page's frame, `hand_over_pixels` what is handed back; `cpu_s` the work.
    """

    media: MediaType
    page: int | None
    max_pixels: int
    hand_over_pixels: int
    cpu_s: int


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page's frame in pixels as stored, its resolution if recorded, and its EXIF orientation (1 to 8)."""

    width: int
    height: int
    dpi_x: float | None
    dpi_y: float | None
    orientation: int = 1
    is_a: Literal["page"] = "page"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a page or a file is set aside: a code of ocr/refusals.py."""

    code: str
    is_a: Literal["refusal"] = "refusal"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The pages of a file in order, and codes of what is worth knowing about it."""

    pages: tuple[PageFacts | Refusal, ...]
    notes: tuple[str, ...] = ()
    is_a: Literal["file"] = "file"


@dataclass(frozen=True, slots=True)
class PixelFacts:
    """The shape of the pixels handed over: 1 channel grey or 3 BGR; `bitonal` where the page holds two tones only."""

    page: PageFacts
    width: int
    height: int
    channels: Literal[1, 3]
    bitonal: bool
    is_a: Literal["pixels"] = "pixels"


Reply = FileFacts | PixelFacts | Refusal


def send_request(channel: socket.socket, request: Request, descriptors: list[int]) -> None:
    """Send a request with the open files that belong to it."""
    socket.send_fds(channel, [json.dumps(asdict(request)).encode()], descriptors)


def receive_request(channel: socket.socket) -> tuple[Request, list[int]] | None:
    """Return the next request and its files, or None once the parent has hung up."""
    data, descriptors, _flags, _address = socket.recv_fds(channel, 1 << 16, 2)
    return (Request(**json.loads(data)), list(descriptors)) if data else None


def send_reply(channel: socket.socket, reply: Reply) -> None:
    """Send a reply, length first."""
    body = json.dumps(asdict(reply)).encode()
    channel.sendall(_LENGTH.pack(len(body)) + body)


def receive_reply(channel: socket.socket) -> Any:
    """Return the JSON value of the child's reply, unchecked; EOFError where the child is gone or talks nonsense."""
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size))
    if length > _LONGEST_REPLY:
        raise EOFError("the reply is too long")
    return json.loads(_exactly(channel, length))


def _exactly(channel: socket.socket, count: int) -> bytes:
    parts = []
    while count:
        part = channel.recv(min(count, 1 << 16))
        if not part:
            raise EOFError("the decoder hung up")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
