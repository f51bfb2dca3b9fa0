"""The workloads of threadbook.lab.gil.Workload in CPython: what the model is put beside.

    workloads.py SWITCH_SECONDS NAME ROUNDS   one line for each run: workers, seconds
    workloads.py SWITCH_SECONDS ping PORTS    one UDP server after the other, beside 0, 1, 2 ... CPU threads
"""

import asyncio
import hashlib
import multiprocessing
import socket
import sys
import threading
import time

RUN = 0.12  # seconds that one worker is to take for a run


def countdown(n):
    while n > 0:
        n -= 1


def primes(n):
    count = 0
    for i in range(2, n):
        d = 2
        while d * d <= i:
            if i % d == 0:
                break
            d += 1
        else:
            count += 1
    return count


def in_threads(workers, body, amount):
    threads = [threading.Thread(target=body, args=(amount,)) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def in_processes(workers, body, amount):
    context = multiprocessing.get_context("fork" if sys.platform.startswith("linux") else "spawn")
    processes = [context.Process(target=body, args=(amount,)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def naps(n):
    for _ in range(n):
        time.sleep(0.025)


LARGE = bytes(1 << 23)
SMALL = bytes(1024)


def hash_large(n):
    for _ in range(n):
        hashlib.sha256(LARGE).digest()


def hash_small(n):
    for _ in range(n):
        hashlib.sha256(SMALL).digest()


def derive(n):
    for _ in range(n):
        hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 20_000)


def seconds(body, *arguments):
    begun = time.perf_counter()
    body(*arguments)
    return time.perf_counter() - begun


def calibrated(body, unit, part):
    """How much of it one worker does in a run: a multiple of part."""
    amount = unit
    while (took := seconds(body, amount)) < RUN / 4:
        amount *= 2
    return max(part, int(amount * RUN / took) // part * part)


# name: how to start workers, what each does, a small amount, whether all together do what one does alone
SHARED = {
    "countdown": (in_threads, countdown, 10_000, True),
    "primes": (in_threads, primes, 1_000, False),
    "processes": (in_processes, countdown, 10_000, True),
    "sha256 large": (in_threads, hash_large, 4, True),
    "sha256 small": (in_threads, hash_small, 400, True),
    "pbkdf2": (in_threads, derive, 4, True),
}


def measure(name, rounds, workers):
    if name == "sleep":
        start, body, amount, split = in_threads, naps, 8, True
    else:
        start, body, unit, split = SHARED[name]
        amount = calibrated(body, unit, 4)
    for _ in range(rounds):
        for k in workers:
            print(k, seconds(start, k, body, amount // k if split else amount), flush=True)


async def gather(n, nap):
    await asyncio.gather(*(asyncio.sleep(nap) for _ in range(n)))


def answer(server):
    while True:
        data, asker = server.recvfrom(64)
        server.sendto(data, asker)
        if data == b"q":
            return


def ping(beside):
    """Says the port, answers until it is told to quit."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    running = threading.Event()
    running.set()

    def burn():
        count = 0
        while running.is_set():
            for _ in range(1000):
                count += 1

    for _ in range(beside):
        threading.Thread(target=burn, daemon=True).start()
    thread = threading.Thread(target=answer, args=(server,))
    thread.start()
    print("port", server.getsockname()[1], flush=True)
    thread.join()
    running.clear()


if __name__ == "__main__":
    sys.setswitchinterval(float(sys.argv[1]))
    name = sys.argv[2]
    if name == "version":
        free = not getattr(sys, "_is_gil_enabled", lambda: True)()
        print("version", sys.version.split()[0] + (" without a global lock" if free else ""), flush=True)
    elif name == "gather":
        print(1, seconds(lambda: asyncio.run(gather(10_000, 1))), flush=True)
    elif name == "ping":
        ping(int(sys.argv[3]))
    else:
        measure(name, int(sys.argv[3]), [int(k) for k in sys.argv[4:]])
