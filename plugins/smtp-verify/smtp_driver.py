#!/usr/bin/env python3
"""The driver of the facility `smtp`: asks mail servers, with nothing but the standard library.

It reads messages from its input and writes messages to its output, one JSON object a line, as
plugins/driver/README.md tells. It takes one question at a time, which is the simplest of drivers.
It only looks, so there is nothing to interrupt, and nothing is ever lost. A clock runs beside each
conversation: however slowly a server talks, it ends in time.
"""

import json
import queue
import smtplib
import socket
import ssl
import sys
import threading
import time


class Fault(Exception):
    def __init__(self, code, message, transient=False):
        super().__init__(message)
        self.said = {"form": {"code": code}, "message": message, "transient": transient}


class Conversation(smtplib.SMTP):
    """One that is over after so many seconds, whatever has been said by then."""

    def __init__(self, seconds):
        super().__init__()
        self.dialled = None
        self.until = time.monotonic() + seconds
        self.is_late = False
        self.clock = threading.Timer(seconds, self.hang_up)
        self.clock.daemon = True
        self.clock.start()

    def left(self):
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _get_socket(self, host, port, timeout):
        """A connection to the first address that takes one."""
        refused = OSError("it has no address")
        for _, _, _, _, address in self.addresses(host, port):
            try:
                self.dialled = socket.create_connection(address[:2], self.left())
                return self.dialled
            except OSError as error:
                refused = error
        raise refused

    def addresses(self, host, port):
        """Those of a host. Nothing ends a look-up of names, so it is left to itself when time is up."""
        looked_up = queue.SimpleQueue()

        def look_up():
            try:
                found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            except OSError as error:
                found = error
            except ValueError as error:
                found = OSError(f"`{host}` is no name of a server: {error}")
            looked_up.put(found)

        threading.Thread(target=look_up, daemon=True).start()
        try:
            found = looked_up.get(timeout=self.left())
        except queue.Empty:
            raise TimeoutError
        if isinstance(found, Exception):
            raise found
        return found

    def hang_up(self):
        self.is_late = True
        sock = self.sock or self.dialled
        try:
            if sock:
                sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def say(kind, **message):
    sys.stdout.write(json.dumps({kind: message}) + "\n")
    sys.stdout.flush()


def main():
    for line in sys.stdin:
        ((kind, message),) = json.loads(line).items()
        if kind == "hello":
            say("hello", version=1, reads=True, patience_ms=24 * 3600 * 1000)
        elif kind in ("perform", "read"):
            say("answer", id=message["id"], answer=answer(message))
        elif kind == "goodbye":
            return


def answer(message):
    try:
        return {"value": [asked(message["request"], message.get("options") or {})]}
    except Fault as fault:
        return {"fault": fault.said}


def asked(request, options):
    verb = request["verb"]
    if not isinstance(verb, dict) or "list" not in verb:
        raise Fault("unsupported", "the smtp driver answers `list` only")
    if "server" not in options:
        raise Fault("bad-request", "the site file does not say `server:` beside `driver: smtp`")
    server, port, args = options["server"], options.get("port", 25), verb["list"]
    place = f"{server}:{port}"
    try:
        return conversation(server, port, request["resource"], args)
    except ssl.SSLError as error:
        raise Fault("untrusted", f"{place}: {error}")
    except smtplib.SMTPNotSupportedError:
        raise Fault("no-starttls", f"{place}: the server offers no STARTTLS")
    except smtplib.SMTPConnectError as error:
        raise Fault("no-greeting", f"{place}: the server greeted with {error.smtp_code} {text(error.smtp_error)}")
    except TimeoutError:
        raise Fault("timeout", f"{place}: the server took too long", transient=True)
    except (OSError, smtplib.SMTPException) as error:
        raise Fault("no-connection", f"{place}: {error}", transient=True)
    except UnicodeError:
        why = "an address has other letters than those of ASCII, which this driver does not speak"
        raise Fault("bad-request", f"{place}: {why}")


def conversation(server, port, recipient, args):
    """As far as RCPT, and then goodbye: nothing is sent."""
    smtp = Conversation(args["timeout"] / 1000)
    try:
        # `connect` of this module forgets how the server greeted, where it is no 220.
        smtp._host = server
        code, greeting = smtp.connect(server, port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, greeting)
        smtp.ehlo_or_helo_if_needed()
        if args.get("starttls"):
            # Nobody can hang up in the middle of a handshake.
            smtp.sock.settimeout(smtp.left())
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()
        code, reply = smtp.mail(args.get("sender") or "")
        if code == 250:
            code, reply = smtp.rcpt(recipient)
        return {
            "greeting": text(greeting),
            "extensions": sorted(f"{name} {args}".strip() for name, args in smtp.esmtp_features.items()),
            "code": code,
            "reply": text(reply),
        }
    except (OSError, smtplib.SMTPException):
        if smtp.is_late:
            raise TimeoutError
        raise
    finally:
        goodbye(smtp)
        smtp.clock.cancel()


def goodbye(smtp):
    try:
        if smtp.sock:
            smtp.rset()
            smtp.quit()
    except (OSError, smtplib.SMTPException):
        pass
    finally:
        smtp.close()


def text(said):
    """A reply as one line of text."""
    said = said.decode("utf-8", errors="replace") if isinstance(said, bytes) else str(said)
    return " ".join(said.split())


if __name__ == "__main__":
    main()
