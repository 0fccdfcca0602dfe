"""Python finds this first where its folder is named: here no look-up of a name comes to an end."""

import socket
import threading


def endless(*_, **__):
    threading.Event().wait()


socket.getaddrinfo = endless
