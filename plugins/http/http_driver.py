#!/usr/bin/env python3
"""The driver of the facility `http`: performs requests, with nothing but the standard library.

It reads messages from its input and writes messages to its output, one JSON object a line, as
plugins/driver/README.md tells. Each question has a thread of its own. Redirects are followed for
GET and HEAD only, at most five; proxies are not asked.
"""

import http.client
import json
import queue
import socket
import ssl
import sys
import threading
import time
import urllib.parse

AT_ONCE = 16
REDIRECTS = 5
LONGEST_BODY = 64 * 1024
# It keeps to the timeout of each request itself.
PATIENCE_MS = 24 * 3600 * 1000
ATTEMPT = ("run", "address", "attempt")
LATE = "the server took too long"


class Fault(Exception):
    """A no: nothing has happened at the server, or nothing can."""

    def __init__(self, code, message, transient=False):
        super().__init__(message)
        self.said = {"form": {"code": code}, "message": message, "transient": transient}


class Lost(Exception):
    """Whether it has happened is not known."""


class Deadline:
    """How long a whole exchange may take, however little of it comes at a time."""

    def __init__(self, seconds):
        self.until = time.monotonic() + seconds
        self.is_over = False
        self.sock, self.lock = None, threading.Lock()
        self.looked_up = queue.SimpleQueue()
        self.timer = threading.Timer(seconds, self.end)
        self.timer.daemon = True
        self.timer.start()

    def left(self):
        left = self.until - time.monotonic()
        if self.is_over or left <= 0:
            raise TimeoutError
        return left

    def holds(self, sock):
        """From now on this is what ends with it."""
        with self.lock:
            self.sock = sock
        if sock:
            sock.settimeout(self.left())

    def addresses(self, host, port):
        """Those of a host. Nothing ends a look-up of names, so it is left to itself when time is up."""

        def look_up():
            try:
                found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            except (OSError, ValueError) as error:
                found = error
            self.looked_up.put(found)

        threading.Thread(target=look_up, daemon=True).start()
        found = self.looked_up.get()
        if isinstance(found, Exception):
            raise found
        return found

    def end(self):
        self.is_over = True
        self.hang_up()

    def hang_up(self):
        self.looked_up.put(OSError("interrupted"))
        with self.lock:
            if self.sock:
                try:
                    self.sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


class Driver:
    def __init__(self, out):
        self.out, self.lock = out, threading.Lock()
        self.flying = {}

    def say(self, kind, **message):
        line = json.dumps({kind: message})
        with self.lock:
            self.out.write(line + "\n")
            self.out.flush()

    def listen(self, lines):
        for line in lines:
            ((kind, message),) = json.loads(line).items()
            if kind == "hello":
                self.say("hello", version=1, at_once=AT_ONCE, reads=True, patience_ms=PATIENCE_MS)
            elif kind in ("perform", "read"):
                question = Question(message)
                self.flying[question.id] = question
                threading.Thread(target=self.perform, args=(question,), daemon=True).start()
            elif kind == "interrupt":
                wanted = [message["key"][part] for part in ATTEMPT]
                for question in list(self.flying.values()):
                    if question.attempt == wanted:
                        question.stop()
            elif kind == "cancel":
                question = self.flying.get(message["id"])
                if question:
                    question.stop()
            elif kind == "goodbye":
                return

    def perform(self, question):
        try:
            items = question.performed()
            if items is None:
                self.say("not_yet", id=question.id)
            else:
                self.say("answer", id=question.id, answer={"value": items})
        except Fault as fault:
            self.say("answer", id=question.id, answer={"fault": fault.said})
        except Lost as lost:
            self.say("lost", id=question.id, message=str(lost))
        except Exception as error:
            # Whatever it is, it may have come after the request was sent.
            self.say("lost", id=question.id, message=f"the http driver failed: {error!r}")
        finally:
            self.flying.pop(question.id, None)


class Question:
    def __init__(self, message):
        self.id = message["id"]
        self.request = message["request"]
        self.options = message.get("options") or {}
        self.slice = message.get("slice_ms", 0) / 1000
        key = message.get("key") or {}
        self.attempt = [key.get(part) for part in ATTEMPT]
        self.stopped = threading.Event()
        self.deadline = None

    def stop(self):
        """Ends what is under way: a wait at once, a request by closing its connection."""
        self.stopped.set()
        deadline = self.deadline
        if deadline:
            deadline.hang_up()

    def performed(self):
        """The value of the answer; nothing: not yet."""
        verb = self.request["verb"]
        if verb == "get":
            return self.exchange({"method": "GET"})
        ((word, what),) = verb.items() if isinstance(verb, dict) else ((verb, None),)
        if word == "list" and (what or {}).get("method", "GET") in ("GET", "HEAD"):
            return [self.exchange(what or {})]
        if word == "act" and what["name"] == "request":
            return self.exchange(what.get("args") or {})
        if word == "wait" and not what.get("since"):
            return self.wait(what["filter"])
        raise Fault("unsupported", f"the http driver has no `{word}` like this")

    def wait(self, filter):
        until = time.monotonic() + self.slice
        every = (filter.get("every") or 1000) / 1000
        while True:
            left = until - time.monotonic()
            timeout = min(filter.get("timeout") or 30000, max(left, 0.05) * 1000)
            try:
                response = self.exchange({**filter, "method": "GET", "timeout": timeout})
                if is_met(filter, response):
                    return [response]
            except Fault as fault:
                # A server that is not there yet is what one waits for.
                if not fault.said["transient"]:
                    raise
            left = until - time.monotonic()
            if left <= 0 or self.stopped.wait(min(every, left)):
                return None

    def exchange(self, args):
        """A request, with all that its server sends it on to."""
        self.deadline = Deadline((args.get("timeout") or 30000) / 1000)
        if self.stopped.is_set():
            self.deadline.hang_up()
        try:
            return self.followed(args)
        finally:
            self.deadline.timer.cancel()
            self.deadline = None

    def followed(self, args):
        method = args.get("method") or "GET"
        url = urllib.parse.urljoin(self.options.get("base") or "", self.request["resource"])
        for _ in range(REDIRECTS + 1):
            response = self.once(method, url, args)
            place = response["headers"].get("location")
            if method not in ("GET", "HEAD") or not place or response["status"] not in (301, 302, 303, 307, 308):
                return response
            before, url = url, urllib.parse.urljoin(url, place)
            if origin(before) != origin(url):
                # What is for one server is not for another.
                args = {**args, "headers": {}}
        raise Fault("too-many-redirects", f"{url}: more than {REDIRECTS} redirects")

    def once(self, method, url, args):
        only_looks = method in ("GET", "HEAD")
        connection, path = self.connected(url)
        try:
            if self.stopped.is_set():
                raise Fault("interrupted", f"{url}: interrupted before it was asked")
            body, headers = content(args)
            try:
                connection.request(method, path, body=body, headers=headers)
            except (ValueError, UnicodeError) as error:
                raise Fault("bad-request", f"{url}: {error}")
            response = connection.getresponse()
            whole = said(response, response.read(LONGEST_BODY + 1))
            # What was cut off for being late is no response.
            self.deadline.left()
            if self.stopped.is_set():
                raise OSError
            return whole
        except Fault:
            raise
        except (OSError, ValueError, http.client.HTTPException) as error:
            is_late = self.deadline.is_over or isinstance(error, TimeoutError)
            # A connection with TLS that is ended while it is read may say that it is a wrong value.
            if isinstance(error, ValueError) and not (is_late or self.stopped.is_set()):
                raise
            why = f"{url}: {LATE if is_late else describe(error)}"
            if self.stopped.is_set():
                why = f"{url}: interrupted before the response"
            if only_looks:
                code = "timeout" if is_late else "no-connection"
                raise Fault(code, why, transient=True)
            raise Lost(f"{why}; the request was sent")
        finally:
            self.deadline.holds(None)
            connection.close()

    def connected(self, url):
        """A connection that is open: what fails here has asked for nothing."""
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            help = "a path needs `base:` in the site file"
            raise Fault("bad-request", f"`{url}` is no URL of a server: {help}")
        is_secret = parts.scheme == "https"
        make = http.client.HTTPSConnection if is_secret else http.client.HTTPConnection
        connection = None
        try:
            connection = make(parts.hostname, parts.port)
            connection.sock = self.dialled(connection.host, connection.port)
            if is_secret:
                context = ssl.create_default_context()
                connection.sock = context.wrap_socket(
                    connection.sock, server_hostname=parts.hostname, do_handshake_on_connect=False
                )
                self.deadline.holds(connection.sock)
                connection.sock.do_handshake()
        except (OSError, ValueError) as error:
            self.deadline.holds(None)
            if connection:
                connection.close()
            if isinstance(error, ssl.SSLError) and not self.deadline.is_over:
                raise Fault("untrusted", f"{url}: {error}")
            why = LATE if self.deadline.is_over else describe(error)
            raise Fault("no-connection", f"{url}: {why}", transient=True)
        path = parts.path or "/"
        return connection, f"{path}?{parts.query}" if parts.query else path

    def dialled(self, host, port):
        """A connection to the first address that takes one."""
        refused = OSError("it has no address")
        for family, kind, protocol, _, address in self.deadline.addresses(host, port):
            sock = socket.socket(family, kind, protocol)
            try:
                self.deadline.holds(sock)
                sock.connect(address)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return sock
            except OSError as error:
                self.deadline.holds(None)
                sock.close()
                refused = error
        raise refused


def origin(url):
    parts = urllib.parse.urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def content(args):
    headers = {"User-Agent": "runsheet-http"}
    body = args.get("body")
    if args.get("json") is not None:
        body = json.dumps(plain(args["json"]))
        headers["Content-Type"] = "application/json"
    headers.update({name: str(value) for name, value in (args.get("headers") or {}).items()})
    return (body.encode() if body is not None else None), headers


def plain(value):
    """A value as data: what is marked is written out, and marked keys are as their user wrote them."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "$" in value:
        is_span = value["$"] == "duration"
        return value["v"] / 1000 + value.get("ns", 0) / 1e9 if is_span else value["v"]
    unmarked = {(key[1:] if key.strip("$") == "" and key else key): one for key, one in value.items()}
    return {key: plain(one) for key, one in unmarked.items()}


def said(response, body):
    headers = {}
    for name, value in response.getheaders():
        name = name.lower()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    charset = response.headers.get_content_charset() or "utf-8"
    cut = len(body) > LONGEST_BODY
    try:
        text = body[:LONGEST_BODY].decode(charset, errors="replace")
    except LookupError:
        text = body[:LONGEST_BODY].decode("utf-8", errors="replace")
    return {
        "status": response.status,
        "reason": response.reason or "",
        "headers": {mark(name): value for name, value in headers.items()},
        "body": text,
        "cut": cut,
    }


def mark(key):
    """A key as it stands in a message: one that looks like a mark has one more."""
    return key + "$" if key and key.strip("$") == "" else key


def is_met(filter, response):
    """Whether a response is what a wait is for, as the facility judges it too."""
    wanted = filter.get("status")
    status = response["status"]
    if not (status in wanted if wanted else 200 <= status < 300):
        return False
    if filter.get("contains") is not None and filter["contains"] not in response["body"]:
        return False
    if filter.get("holds") is None:
        return True
    try:
        return holds(json.loads(response["body"]), plain(filter["holds"]))
    except (ValueError, RecursionError):
        return False


def holds(data, wanted):
    if isinstance(wanted, dict):
        return isinstance(data, dict) and all(
            name in data and holds(data[name], one) for name, one in wanted.items()
        )
    return type(data) is type(wanted) and data == wanted


def describe(error):
    if isinstance(error, TimeoutError):
        return LATE
    return str(error) or type(error).__name__


if __name__ == "__main__":
    Driver(sys.stdout).listen(sys.stdin)
