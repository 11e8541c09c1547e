"""What nitpicker shows of X windows, beside what the X server has in them."""
import os
import struct

import png


def pattern(size, w, h, seed):
    """Rows of pixels of that many bytes, all of whose bits vary."""
    rows = []
    for y in range(h):
        row = b"".join((((x * 2654435761 + y * 40503 + seed) >> 7) %
                        (1 << 8 * size)).to_bytes(size, "little") for x in range(w))
        rows.append(row + bytes(-len(row) % 4))
    return b"".join(rows)


def take(desktop):
    """A screenshot; the file's name."""
    path = os.path.join(desktop.folder, "picture.png")
    desktop.control.do("screenshot " + path)
    return path


class Picture:
    """Of the whole desktop."""

    def __init__(self, path):
        self.width, self.height, self.rows = png.read(path)
        os.unlink(path)

    def rgb(self, x, y, w, h):
        return b"".join(row[x * 3:(x + w) * 3] for row in self.rows[y:y + h])


def expand(value, bits):
    """To 8 bits, as the X server defines its colours."""
    return value >> (bits - 8) if bits > 8 else (
        value << (8 - bits) | value >> (2 * bits - 8))


def to_rgb(x, data, w, h, depth):
    """What an image of the server looks like."""
    bits = x.formats[depth].bits
    if depth == 8:
        stride, colours = (w + 3) // 4 * 4, x.colours(range(256))
        return b"".join(bytes(colours[data[y * stride + i]])
                        for y in range(h) for i in range(w))
    if bits == 32 and depth in (24, 32):
        rgb = bytearray(w * h * 3)
        rgb[0::3], rgb[1::3], rgb[2::3] = data[2::4], data[1::4], data[0::4]
        return bytes(rgb)
    fields = {15: (10, 5, 5, 5, 0, 5), 16: (11, 5, 5, 6, 0, 5),
              30: (20, 10, 10, 10, 0, 10)}[depth]
    size = bits // 8
    stride = (w * size + 3) // 4 * 4
    out = bytearray()
    for row in range(h):
        pixels = struct.unpack_from("<%d%s" % (w, "H" if size == 2 else "I"), data,
                                    row * stride)
        for pixel in pixels:
            for at in (0, 2, 4):
                shift, count = fields[at], fields[at + 1]
                out.append(expand(pixel >> shift & ((1 << count) - 1), count))
    return bytes(out)


def count_different(seen, wanted, alpha):
    """Pixels that differ where the window is opaque."""
    assert len(seen) == len(wanted), (len(seen), len(wanted))
    if seen == wanted:
        return 0
    return sum(seen[3 * i:3 * i + 3] != wanted[3 * i:3 * i + 3]
               for i in range(len(seen) // 3) if not alpha or alpha[i] == 255)


def difference(picture, place, image):
    """In how many pixels that are seen and opaque a window, which is at that
    place of the picture and not covered, differs from it."""
    (sx, sy, w, h), (rgb, alpha) = place, image
    # What lies beyond the screen isn't seen.
    left, top = max(-sx, 0), max(-sy, 0)
    w_seen = min(w, picture.width - sx) - left
    h_seen = min(h, picture.height - sy) - top

    def cut(rows, size):
        return b"".join(rows[(y * w + left) * size:(y * w + left + w_seen) * size]
                        for y in range(top, top + h_seen))
    return count_different(picture.rgb(sx + left, sy + top, w_seen, h_seen),
                           cut(rgb, 3), alpha and cut(alpha, 1))


def image_of(x, window, w, h):
    """What X has in it: colours, and where they are mixed, alpha."""
    depth = x.depth_of(window)
    data = x.get_image(window, 0, 0, w, h)
    alpha = data[3::4] if depth == 32 else None
    assert alpha is None or 2 * alpha.count(255) > len(alpha), "it's not opaque"
    return to_rgb(x, data, w, h, depth), alpha


def compare(desktop, *windows):
    """Of these windows no pixel differs. What still comes is waited for; the
    pointer, which is part of the picture, goes to a corner."""
    counts = []
    desktop.control.do("move 0 0")
    for _ in range(5):
        places = [desktop.shown(window) for window in windows]
        # One soon after the other, or a caret blinks meanwhile.
        file = take(desktop)
        images = [image_of(desktop.client, window, *place[2:])
                  for window, place in zip(windows, places)]
        picture = Picture(file)
        counts = [difference(picture, place, image)
                  for place, image in zip(places, images)]
        if not any(counts):
            return
    raise AssertionError("pixels that differ: %s" % counts)
