"""A server for the tests: says its port, and serves until its input ends. With a certificate as
its argument it speaks TLS."""

import http.server
import json
import ssl
import sys
import threading

SEEN = {}
HELD = threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def give(self, status, text, **headers):
        body = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def asked(self):
        SEEN[self.path] = SEEN.get(self.path, 0) + 1
        length = int(self.headers.get("Content-Length") or 0)
        sent = self.rfile.read(length).decode()
        if self.path == "/version":
            self.give(200, "name: shop\nversion: 42\n")
        elif self.path == "/health":
            state = "UP" if SEEN[self.path] > 2 else "DOWN"
            self.give(200, json.dumps({"status": state, "db": {"n": 1}}))
        elif self.path == "/echo":
            told = {"method": self.command, "sent": sent, "word": self.headers.get("X-Word"), "type": self.headers.get("Content-Type")}
            self.give(201, json.dumps(told))
        elif self.path == "/moved":
            self.give(302, "", Location="/version")
        elif self.path == "/long":
            self.give(200, "x" * 100_000)
        elif self.path == "/odd":
            self.give(200, json.dumps({"$": "secret", "deep": 12345678901234567890}))
        elif self.path == "/broken":
            self.close_connection = True
            self.connection.close()
        elif self.path == "/held":
            HELD.wait()
        elif self.path == "/drip":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            while not HELD.wait(0.02):
                self.wfile.write(b"x")
        elif self.path.startswith("/round"):
            HELD.wait(0.2)
            self.give(302, "", Location=self.path + "x")
        elif self.path == "/is-held":
            self.give(200 if "/held" in SEEN else 404, "")
        else:
            self.give(404, "there is no such page\n")

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = asked


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
if len(sys.argv) > 1:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1])
    # The handshake is left to the thread of each connection.
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
