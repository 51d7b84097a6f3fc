"""The words that passwords are compared with, packed small for the app in the browser: two thirds of a million words
in alphabetical order, each as how much of the one before it stays and what comes after, read in pieces as needed."""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache

_PIECE = 512  # words that are read together
_KEPT = 256
_HEAD = struct.Struct("<III")


def packed(found: Mapping[str, float]) -> bytes:
    """Words and their bits as bytes that `unpacked` reads, in the order that compresses well."""
    bits = sorted(set(found.values()))
    number = {value: i for i, value in enumerate(bits)}
    kept, ends, marks, firsts, before = bytearray(), bytearray(), bytearray(), list[tuple[str, int]](), ""
    for i, word in enumerate(sorted(found)):
        if i % _PIECE == 0:
            firsts.append((word, len(ends)))
            before = ""
        same = _same(before, word)
        kept.append(same)
        ends += word[same:].encode() + b"\n"
        marks.append(number[found[word]])
        before = word
    index = "\n".join(f"{word}\t{at}" for word, at in firsts).encode()
    head = _HEAD.pack(len(bits), len(kept), len(index))
    return head + struct.pack(f"<{len(bits)}d", *bits) + index + bytes(kept) + bytes(marks) + bytes(ends)


def _same(one: str, other: str) -> int:
    most = min(len(one), len(other), 255)
    return next((i for i in range(most) if one[i] != other[i]), most)


def unpacked(data: bytes) -> Mapping[str, float]:
    """The same words, each piece read when a word of it is asked for."""
    return _Packed(data)


class _Packed(Mapping[str, float]):
    def __init__(self, data: bytes) -> None:
        bits, self._count, index = _HEAD.unpack_from(data)
        at = _HEAD.size
        self._bits = struct.unpack_from(f"<{bits}d", data, at)
        at += 8 * bits
        lines = [line.split("\t") for line in data[at : at + index].decode().split("\n")] if index else []
        self._firsts, self._at = [first for first, _ in lines], [int(start) for _, start in lines]
        at += index
        self._kept, self._marks = data[at : at + self._count], data[at + self._count : at + 2 * self._count]
        self._ends = data[at + 2 * self._count :]
        self._piece = lru_cache(maxsize=_KEPT)(self._read)

    def _read(self, number: int) -> dict[str, float]:
        end = self._at[number + 1] if number + 1 < len(self._at) else len(self._ends)
        out, before, first = dict[str, float](), "", number * _PIECE
        for i, rest in enumerate(self._ends[self._at[number] : end].decode().split("\n")[:-1], first):
            before = before[: self._kept[i]] + rest
            out[before] = self._bits[self._marks[i]]
        return out

    def __getitem__(self, word: str) -> float:
        number = bisect_right(self._firsts, word) - 1
        if number < 0:
            raise KeyError(word)
        return self._piece(number)[word]

    def __iter__(self) -> Iterator[str]:
        for number in range(len(self._firsts)):
            yield from self._piece(number)

    def __len__(self) -> int:
        return int(self._count)
