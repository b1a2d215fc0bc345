"""Serve decoding requests on a socket until the parent hangs up: `python -m ocr.decode FD PARENT MEMORY OUTPUT`."""

from __future__ import annotations

import contextlib
import os
import socket
import sys

import cv2

from ocr.decode.confine import allow_cpu, confine
from ocr.decode.faults import Murmurs, Refused
from ocr.decode.images import decode_jpeg, decode_png, look_at_image
from ocr.decode.pdf import decode_pdf, look_at_pdf
from ocr.decode.pixels import Decoded, without_empty_colour, write_pixels
from ocr.decode.tiff import decode_tiff, look_at_tiff
from ocr.decode.wire import PixelFacts, Refusal, Reply, Request, receive_request, send_reply


def main() -> None:
    channel_fd, parent, memory_bytes, output_bytes = (int(argument) for argument in sys.argv[1:5])
    channel = socket.socket(fileno=channel_fd)
    cv2.setNumThreads(1)
    murmurs = Murmurs()
    cut_off = confine(parent=parent, memory_bytes=memory_bytes, output_bytes=output_bytes)
    channel.sendall(b"1" if cut_off else b"0")
    while (received := receive_request(channel)) is not None:
        request, descriptors = received
        murmurs.clear()
        allow_cpu(request.cpu_s)
        try:
            reply = _answer(request, descriptors, murmurs)
        finally:
            for descriptor in descriptors:
                with contextlib.suppress(OSError):
                    os.close(descriptor)
        send_reply(channel, reply)


def _answer(request: Request, descriptors: list[int], murmurs: Murmurs) -> Reply:
    try:
        with os.fdopen(os.dup(descriptors[0]), "rb") as file:
            if request.page is None:
                look = {"pdf": look_at_pdf, "tiff": look_at_tiff, "jpeg": look_at_image, "png": look_at_image}
                return look[request.media](file, request)
            decode = {"pdf": decode_pdf, "tiff": decode_tiff, "jpeg": decode_jpeg, "png": decode_png}
            decoded: Decoded = decode[request.media](file, request, murmurs)
        image = without_empty_colour(decoded.image)
        height, width = image.shape[:2]
        write_pixels(image, descriptors[1])
        return PixelFacts(decoded.page, width, height, 1 if image.ndim == 2 else 3, decoded.bitonal)
    except Refused as refused:
        return Refusal(refused.code)
    except MemoryError:
        return Refusal("too-costly")
    except Exception as error:
        # A parser may raise anything on a hostile file; only out-of-memory has a name of its own in OpenCV.
        out_of_memory = isinstance(error, cv2.error) and error.code == cv2.Error.StsNoMem
        return Refusal("too-costly" if out_of_memory else "damaged")


if __name__ == "__main__":
    main()
