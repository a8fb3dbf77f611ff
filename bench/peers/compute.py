"""The computations of the table.  python3 compute.py WORK TIMES SIZE"""

import sys
import time


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def loop(turns):
    s = 0
    for i in range(turns):
        k = i % 1000
        s += k * k % 7
    return s


def total(data):
    s = 0
    for byte in data:
        s += byte
    return s


def sieve(limit):
    composite = bytearray(limit + 1)
    count = 0
    for i in range(2, limit + 1):
        if composite[i] == 0:
            count += 1
            if i <= 46340:
                for k in range(i * i, limit + 1, i):
                    composite[k] = 1
    return count


def strings(count):
    total_length = 0
    for i in range(count):
        s = ""
        for k in range(200):
            s = s + str(i + k) + ";"
        total_length += len(s) + ord(s[i % len(s)])
    return total_length


work, times, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
data = bytes(range(0)) if work != "bytes" else bytes(i * 7 & 255 for i in range(256)) * (size // 256 + 1)
data = data[:size]
works = {"fib": fib, "loop": loop, "sieve": sieve, "strings": strings, "bytes": lambda n: total(data)}
for _ in range(times):
    start = time.perf_counter()
    result = works[work](size)
    print(f"result {result} ms {(time.perf_counter() - start) * 1000:.3f}")
