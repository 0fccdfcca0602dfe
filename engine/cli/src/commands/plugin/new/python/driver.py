#!/usr/bin/env python3
"""The driver of the facility `NAME`: keeps texts by name in a file, as an example of something
that is kept somewhere. It needs Python 3.8 and nothing else.

It reads messages from its input and writes messages to its output, one JSON object a line;
include/driver.md explains them. Whatever is printed to the error output goes to the log.
"""

import json
import os
import sys


class Fault(Exception):
    """An answer that says no: a code for workflows, and words for people."""

    def __init__(self, code, message):
        super().__init__(message)
        self.said = {"form": {"code": code}, "message": message}


class Texts:
    """The texts of a file."""

    def __init__(self, path):
        self.path = path

    def all(self):
        try:
            with open(self.path, encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise Fault("unreadable", f"{self.path}: {error}") from error

    def keep(self, texts):
        """All or nothing: whoever reads meanwhile sees the texts before or those after."""
        beside = self.path + ".new"
        try:
            with open(beside, "w", encoding="utf-8") as file:
                json.dump(texts, file, ensure_ascii=False, indent=1, sort_keys=True)
            os.replace(beside, self.path)
        except OSError as error:
            raise Fault("unwritable", f"{self.path}: {error}") from error


def answered(request, options):
    """The answer to a request: a map with one key, or the word `absent`."""
    if "file" not in options:
        raise Fault("no-file", "the site file does not say `file:`, where texts are kept")
    texts = Texts(options["file"])
    name, verb = request["resource"], request["verb"]
    before = texts.all()
    answer = {"value": before[name]} if name in before else "absent"
    if verb == "get":
        return answer
    if verb == "delete":
        texts.keep({key: text for key, text in before.items() if key != name})
        return answer
    if isinstance(verb, dict) and "put" in verb:
        texts.keep({**before, name: verb["put"]})
        return answer
    word = verb if isinstance(verb, str) else next(iter(verb))
    raise Fault("unsupported", f"a text has no `{word}`")


def say(kind, **message):
    print(json.dumps({kind: message}), flush=True)


def main():
    for line in sys.stdin:
        ((kind, message),) = json.loads(line).items()
        if kind == "hello":
            # One question at a time, and plans may ask too.
            say("hello", version=1, at_once=1, reads=True)
        elif kind in ("perform", "read"):
            try:
                answer = answered(message["request"], message.get("options") or {})
            except Fault as fault:
                answer = {"fault": fault.said}
            say("answer", id=message["id"], answer=answer)
        elif kind == "goodbye":
            return


if __name__ == "__main__":
    main()
