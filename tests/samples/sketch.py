"""A picture for the samples: a sketch map of the township, black on white, without a word."""
import math
import struct
import zlib

WIDTH, HEIGHT = 1200, 800


class Paper:
    def __init__(self):
        self.rows = [bytearray(WIDTH) for _ in range(HEIGHT)]

    def dot(self, x, y, radius, ink=1):
        for row in range(max(int(y - radius), 0), min(int(y + radius) + 1, HEIGHT)):
            for column in range(max(int(x - radius), 0), min(int(x + radius) + 1, WIDTH)):
                if (column - x) ** 2 + (row - y) ** 2 <= radius * radius:
                    self.rows[row][column] = ink

    def curve(self, of, radius, ink=1, gap=0):
        """of: a function of 0..1 to a place; gap: drawn and left out by turns."""
        for i in range(1200):
            if not gap or i // gap % 2 == 0:
                self.dot(*of(i / 1199), radius, ink)

    def png(self):
        """One bit a pixel, 0 black."""
        lines = b"".join(b"\0" + bytes(
            sum((1 - row[8 * i + k]) << 7 - k for k in range(8)) for i in range(WIDTH // 8)) for row in self.rows)

        def chunk(name, data):
            return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

        return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 1, 0, 0, 0, 0))
                + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b""))


def township():
    """River, road, border, five villages and the town, as bytes of a PNG file."""
    paper = Paper()
    paper.curve(lambda t: (600 + 540 * math.cos(6.2832 * t) * (1 + .06 * math.sin(18.85 * t)),
                           400 + 350 * math.sin(6.2832 * t) * (1 + .08 * math.cos(31.4 * t))), 2.5, gap=12)
    river = lambda t: (120 + 960 * t, 560 - 260 * t + 60 * math.sin(9 * t))
    paper.curve(river, 9)
    paper.curve(river, 6, 0)
    paper.curve(lambda t: (300 + 620 * t, 180 + 470 * t + 50 * math.sin(6 * t)), 2)
    for x, y in ((330, 200), (720, 190), (940, 330), (360, 590), (800, 610)):
        paper.dot(x, y, 16)
        paper.dot(x, y, 11, 0)
        paper.dot(x, y, 5)
    paper.dot(610, 405, 22)
    return paper.png()
