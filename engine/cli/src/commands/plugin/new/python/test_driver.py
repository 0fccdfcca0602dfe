"""The tests of the driver: messages in, answers out."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

DRIVER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "NAME_driver.py")


def said(*messages):
    """What the driver says to these messages."""
    lines = "".join(json.dumps(message) + "\n" for message in messages)
    driver = subprocess.run(
        [sys.executable, DRIVER], input=lines, capture_output=True, text=True, timeout=60, check=True
    )
    return [json.loads(line) for line in driver.stdout.splitlines()]


class DriverTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.options = {"file": os.path.join(folder.name, "texts.json")}

    def answers(self, *verbs):
        def question(number, verb):
            request = {"host": "HERE", "facility": "NAME", "resource": "motd", "verb": verb}
            return {"perform": {"id": number, "request": request, "options": self.options}}

        hello = {"hello": {"version": 1, "facility": "NAME"}}
        questions = [question(number, verb) for number, verb in enumerate(verbs)]
        first, *rest = said(hello, *questions, {"goodbye": {}})
        self.assertEqual(first["hello"]["version"], 1)
        self.assertEqual([one["answer"]["id"] for one in rest], list(range(len(verbs))))
        return [one["answer"]["answer"] for one in rest]

    def test_a_text_is_there_until_it_is_deleted(self):
        answers = self.answers("get", {"put": "hello"}, "get", {"put": "bye"}, "delete", "get")
        before = {"value": "hello"}
        self.assertEqual(answers, ["absent", "absent", before, before, {"value": "bye"}, "absent"])

    def test_texts_are_kept_from_one_start_to_the_next(self):
        self.answers({"put": "hello"})
        self.assertEqual(self.answers("get"), [{"value": "hello"}])

    def test_what_cannot_be_done_is_a_fault(self):
        (answer,) = self.answers("mark")
        self.assertEqual(answer["fault"]["form"], {"code": "unsupported"})
        self.options = {}
        (answer,) = self.answers("get")
        self.assertEqual(answer["fault"]["form"], {"code": "no-file"})


if __name__ == "__main__":
    unittest.main()
