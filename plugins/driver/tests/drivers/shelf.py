"""A driver for the tests: a shelf of things, and acts that go wrong in every way."""

import json
import os
import sys
import threading
import time

OUT = threading.Lock()
SHELF = {}
STOPPED = threading.Event()
SILENT = threading.Event()


def say(kind, **message):
    with OUT:
        print(json.dumps({kind: message}), flush=True)


def answer(number, value):
    said = {"value": value} if value is not None else "absent"
    say("answer", id=number, answer=said)


def act(number, name, args):
    if name == "exit":
        print("the shelf is gone", file=sys.stderr, flush=True)
        os._exit(3)
    elif name == "abort":
        os.abort()
    elif name == "chatter":
        print("here I am", flush=True)
        threading.Event().wait()
    elif name == "flood":
        while True:
            sys.stdout.write("x" * 65536)
    elif name == "not-yet":
        say("not_yet", id=number)
    elif name == "silence":
        SILENT.set()
        threading.Event().wait()
    elif name == "hold":
        STOPPED.wait()
        say("answer", id=number, answer={"fault": {"form": {"code": "interrupted"}, "message": "it was asked to end"}})
    elif name == "mistake":
        answer(number + 7, 3)
        threading.Event().wait()
    elif name == "stray":
        say("output", id=number + 7, text="whose is it?")
        threading.Event().wait()
    elif name == "twice":
        answer(number, 3)
        SILENT.wait()
        answer(number, 3)
    elif name == "late":
        time.sleep(args["ms"] / 1000)
        answer(number, 3)
    elif name == "unsure":
        say("lost", id=number, message="the line broke")
    elif name == "write":
        for piece in ("one ", "two"):
            say("output", id=number, text=piece)
        answer(number, {"pid": os.getpid()})
    elif name == "spill":
        print(args["text"], file=sys.stderr, flush=True)
        os._exit(1)


def wait(number, resource, filter, slice_ms):
    until = time.monotonic() + slice_ms / 1000
    while time.monotonic() < until:
        if SHELF.get(resource) == filter:
            return answer(number, [filter])
        time.sleep(0.005)
    say("not_yet", id=number)


def perform(asked):
    number, request = asked["id"], asked["request"]
    verb, resource = request["verb"], request["resource"]
    if verb == "get":
        value = SHELF.get(resource, asked["options"].get("default"))
        answer(number, value)
    elif "put" in verb:
        before = SHELF.get(resource)
        SHELF[resource] = verb["put"]
        answer(number, before)
    elif "act" in verb:
        act(number, verb["act"]["name"], verb["act"].get("args") or {})
    elif "wait" in verb:
        wait(number, resource, verb["wait"]["filter"], asked["slice_ms"])


def main():
    for line in sys.stdin:
        ((kind, message),) = json.loads(line).items()
        if kind == "hello":
            assert message["facility"] == "shelf"
            at_once = int(sys.argv[1])
            say("hello", version=1, at_once=at_once, reads="blind" not in sys.argv)
        elif kind in ("perform", "read"):
            threading.Thread(target=perform, args=(message,), daemon=True).start()
        elif kind == "interrupt":
            if "deaf" not in sys.argv:
                STOPPED.set()
        elif kind == "goodbye":
            with open(sys.argv[-1], "a") if sys.argv[-1].endswith(".log") else sys.stderr as file:
                file.write("goodbye\n")
            return


main()
