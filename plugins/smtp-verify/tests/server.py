"""A mail server for the tests: says its port, and serves until its input ends. Argument: how it greets."""

import socketserver
import sys
import threading
import time

GREETING = sys.argv[1] if len(sys.argv) > 1 else "220 mail.example.org is here"
REPLIES = {"alice": "250 2.1.5 she is here", "bob": "550 5.1.1 there is no bob", "carol": "451 4.7.1 come back later"}
HEARD = []


class Handler(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        while GREETING == "endless":
            self.say("220-and another thing")
            time.sleep(0.02)
        self.say(GREETING)
        for line in self.rfile:
            line = line.decode().strip()
            print(line, file=sys.stderr, flush=True)
            word = line.split(" ")[0].upper()
            if word == "EHLO":
                self.say("250-mail.example.org\r\n250-SIZE 1000\r\n250 8BITMIME")
            elif word == "MAIL":
                ours = "mallory" not in line
                self.say("250 2.1.0 go on" if ours else "553 5.7.1 not from you")
            elif word == "RCPT":
                name = line.split("<")[1].split("@")[0]
                self.say(REPLIES.get(name, "550 nobody"))
            elif word == "QUIT":
                self.say("221 bye")
                return
            elif word == "RSET":
                self.say("250 forgotten")
            else:
                self.say("502 no such word")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
