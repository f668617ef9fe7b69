#!/usr/bin/env python3
"""Put `tomtat serve` under load and abuse from a second process, on loopback, and print a table.

    server.py ARTICLES.jsonl [--program PATH] [--seconds 5] [--gigabyte 1000000000]

Records have `title` and `body`. Measured: requests a second and the 99th percentile at 1, 16 and 256
connections (needs wrk); the bytes of a stream against those of the command; a body of a gigabyte,
announced and in chunks, as one record and as a stream; clients that send and that read slowly; 10,000
connections that are dropped; a stop in the middle of a stream and of single requests, after which each
request that was accepted has its whole answer. Resident memory is read from /proc after each.
"""

import argparse
import hashlib
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time

HOST = "127.0.0.1"
PIECE = b"a" * (1 << 20)


class Server:
    """The program, on a free port."""

    def __init__(self, program, *flags):
        command = [program, "serve", "--port", "0", *flags]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        self.port = int(re.search(r":(\d+)\s*$", line).group(1))
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def memory(self):
        """Resident and most resident memory in MB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            sizes = dict(re.findall(r"(VmRSS|VmHWM):\s+(\d+) kB", status.read()))
        return int(sizes["VmRSS"]) / 1000, int(sizes["VmHWM"]) / 1000

    def connect(self):
        return socket.create_connection((HOST, self.port), timeout=60)

    def post(self, path, body, kind, timeout=600):
        connection = http.client.HTTPConnection(HOST, self.port, timeout=timeout)
        connection.request("POST", path, body, {"content-type": kind})
        answer = connection.getresponse()
        return answer.status, answer.read()

    def stream(self, path, body):
        """Sends and reads at once, as a stream asks for."""
        stream = self.connect()
        stream.sendall(f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-ndjson\r\n"
                       f"connection: close\r\ncontent-length: {len(body)}\r\n\r\n".encode())
        sender = threading.Thread(target=stream.sendall, args=(body,), daemon=True)
        sender.start()
        answer = http.client.HTTPResponse(stream)
        answer.begin()
        return answer.read()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def tell(server, what, result):
    now, most = server.memory()
    print(f"{what:<58} {result:<44} {now:6.0f} MB, most {most:6.0f}", flush=True)


def load(server, article, seconds):
    """Requests a second, by wrk."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as script:
        body = json.dumps(json.dumps({"body": article}, ensure_ascii=False), ensure_ascii=False)
        script.write(f'wrk.method = "POST"\nwrk.body = {body}\n')
        script.write('wrk.headers["Content-Type"] = "application/json"\n')
        script.flush()
        for connections in (1, 16, 256):
            command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency", "-s", script.name,
                       f"http://{HOST}:{server.port}/v1/summarize"]
            try:
                out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            except FileNotFoundError:
                print("SKIPPED: wrk is not installed")
                return
            rate = re.search(r"Requests/sec:\s+(\S+)", out).group(1)
            slow = re.search(r"99%\s+(\S+)", out).group(1)
            bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
            failed = f", {bad.group(1)} turned away" if bad else ""
            tell(server, f"{connections} connections", f"{rate} requests/s, p99 {slow}{failed}")


def equal_stream(server, program, path):
    command = [program, "summarize", "--input", "jsonl", "-f", "jsonl", "-q", "-"]
    with open(path, "rb") as articles:
        body = articles.read()
    expected = subprocess.run(command, input=body, capture_output=True, check=False).stdout
    start = time.perf_counter()
    found = server.stream("/v1/summarize", body)
    seconds = time.perf_counter() - start
    assert found == expected, "other bytes than the command"
    digest = hashlib.sha256(found).hexdigest()[:12]
    tell(server, f"stream of {len(body) / 1e6:.0f} MB", f"{seconds:.1f} s, bytes of the command ({digest})")


def huge(server, path, kind, size, chunked):
    """Sends a body of one huge line as far as the server takes it."""
    stream = server.connect()
    head = f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {kind}\r\nconnection: close\r\n"
    head += "transfer-encoding: chunked\r\n\r\n" if chunked else f"content-length: {size}\r\n\r\n"
    stream.sendall(head.encode())
    sent, answer = 0, b""
    frame = b"%x\r\n%s\r\n" % (len(PIECE), PIECE) if chunked else PIECE
    try:
        while sent < size:
            stream.sendall(frame[: size - sent] if not chunked else frame)
            sent += len(PIECE)
        stream.sendall(b"0\r\n\r\n" if chunked else b"")
    except OSError:
        pass
    try:
        while part := stream.recv(1 << 16):
            answer += part
    except OSError:
        pass
    status = answer[9:12].decode() or "connection closed"
    told = b"too-large" in answer
    form = "chunked" if chunked else "announced"
    tell(server, f"{size / 1e9:.0f} GB {form}, {kind}", f"{status}{', too-large' if told else ''} after {sent / 1e6:.0f} MB")


def slow_sender(server, timeout):
    stream = server.connect()
    stream.sendall(b"POST /v1/summarize HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\n"
                   b"content-length: 1000\r\n\r\n")
    start = time.perf_counter()
    try:
        while time.perf_counter() - start < 3 * timeout + 5:
            stream.sendall(b"a")
            time.sleep(0.3)
            stream.setblocking(False)
            try:
                answer = stream.recv(4096)
                break
            except BlockingIOError:
                stream.setblocking(True)
    except OSError:
        answer = b"HTTP/1.1 closed"
    tell(server, "a client that sends a byte each 0.3 s", f"{answer[9:12].decode()} after {time.perf_counter() - start:.1f} s")


def slow_head(server):
    stream = server.connect()
    start = time.perf_counter()
    answer = b""
    try:
        for byte in b"POST /v1/summarize HTTP/1.1\r\n" + b"x-a: b\r\n" * 40:
            stream.sendall(bytes([byte]))
            time.sleep(0.3)
    except OSError:
        pass
    tell(server, "a client that sends its head a byte each 0.3 s", f"closed after {time.perf_counter() - start:.1f} s {answer.decode()}")


def slow_reader(server, articles):
    """A client that sends a long stream and reads nothing, then goes on."""
    stream = server.connect()
    body = b"".join(articles)
    stream.sendall(b"POST /v1/tokenize HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-ndjson\r\n"
                   b"connection: close\r\ncontent-length: %d\r\n\r\n" % len(body))
    sent = 0

    def send():
        nonlocal sent
        try:
            for at in range(0, len(body), 1 << 16):
                stream.sendall(body[at : at + (1 << 16)])
                sent = at + (1 << 16)
        except OSError:
            pass

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    time.sleep(4)
    result = f"{sent / 1e6:.1f} of {len(body) / 1e6:.0f} MB taken while nothing is read"
    tell(server, "a client that reads nothing for 4 s", result)
    stream.close()


def dropped(server, count):
    rng = random.Random(7)
    start = time.perf_counter()
    for at in range(count):
        stream = server.connect()
        kind = at % 3
        if kind:
            stream.sendall(b"POST /v1/summarize HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\n"
                           b"content-length: 5000\r\n\r\n" + b"a" * rng.randrange(3000) * (kind - 1))
        stream.close()
    status, _ = server.post("/v1/summarize", b"Troi mua. Troi nang.", "text/plain")
    tell(server, f"{count} connections opened and dropped", f"{time.perf_counter() - start:.1f} s, then {status}")


def stopped(program, articles, expected):
    """Stops the server in the middle of a stream and of single requests."""
    server = Server(program, "--timeout", "60")
    body = b"".join(articles)
    stream = server.connect()
    stream.sendall(b"POST /v1/summarize HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-ndjson\r\n"
                   b"connection: close\r\ntransfer-encoding: chunked\r\n\r\n")
    answers, lost = [], []

    def single(n):
        # Asks until the server takes nothing more; what was sent whole must be answered.
        while True:
            try:
                connection = http.client.HTTPConnection(HOST, server.port, timeout=60)
                connection.request("POST", "/v1/summarize", articles[n], {"content-type": "application/json"})
            except OSError:
                return
            try:
                answers.append(connection.getresponse().read())
            except (http.client.RemoteDisconnected, ConnectionResetError) as error:
                # Refused while it was being accepted: never read by the server.
                lost.append(error)
                return

    askers = [threading.Thread(target=single, args=(n,)) for n in range(8)]
    for asker in askers:
        asker.start()
    half = 1 << 19
    for at in range(0, half, 1 << 14):
        part = body[at : min(at + (1 << 14), half)]
        stream.sendall(b"%x\r\n%s\r\n" % (len(part), part))
    server.process.send_signal(signal.SIGTERM)
    time.sleep(0.5)

    def rest():
        for at in range(half, len(body), 1 << 14):
            part = body[at : at + (1 << 14)]
            stream.sendall(b"%x\r\n%s\r\n" % (len(part), part))
        stream.sendall(b"0\r\n\r\n")

    sender = threading.Thread(target=rest, daemon=True)
    sender.start()
    reply = http.client.HTTPResponse(stream)
    reply.begin()
    answer = reply.read()
    for asker in askers:
        asker.join(60)
    code = server.process.wait(90)
    lines = [line for line in answer.split(b"\n") if line.startswith(b'{"schema"')]
    whole = sum(json.loads(text)["schema"].startswith("tomtat.summary") for text in answers)
    print(f"{'stopped in the middle of a stream':<58} {len(lines)} of {len(articles)} lines, as the command's: "
          f"{[line.strip() for line in lines] == expected}, exit code {code}")
    print(f"{'stopped with 8 clients asking one article after another':<58} {len(answers)} answered, {whole} whole, "
          f"{len(lost)} of the last were refused unread")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles")
    parser.add_argument("--program", default=os.environ.get("TOMTAT", "target/release/tomtat"))
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--gigabyte", type=int, default=1_000_000_000)
    given = parser.parse_args()
    with open(given.articles, "rb") as lines:
        articles = [line for _, line in zip(range(10_000), lines)]
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.writelines(articles)
        file.flush()
        server = Server(given.program)
        tell(server, "started", "")
        load(server, json.loads(articles[0])["body"][:1500], given.seconds)
        equal_stream(server, given.program, file.name)
        for path, kind in (("/v1/summarize", "application/json"), ("/v1/summarize", "text/plain"),
                           ("/v1/summarize", "application/x-ndjson")):
            for chunked in (False, True):
                huge(server, path, kind, given.gigabyte, chunked)
        dropped(server, 10_000)
        slow_reader(server, articles)
        print("stopped:", server.stop())
        server = Server(given.program, "--timeout", "3")
        slow_sender(server, 3)
        slow_head(server)
        print("stopped:", server.stop())
        few = articles[:2000]
        command = [given.program, "summarize", "--input", "jsonl", "-f", "jsonl", "-q", "-"]
        expected = subprocess.run(command, input=b"".join(few), capture_output=True, check=False).stdout
        stopped(given.program, few, expected.strip().split(b"\n"))


if __name__ == "__main__":
    main()
