/* The driver of the facility `NAME`: keeps texts by name in a file, as an example of something
 * that is kept somewhere.
 *
 * It reads messages from its input and writes messages to its output, one JSON object a line;
 * include/driver.md explains them. Whatever is printed to the error output goes to the log. Start
 * reading at `performed`. */
#include "runsheet_json.h"

/* -- the texts of a file ---------------------------------------------------------------------- */

/* All bytes of a file, to be freed; NULL: it cannot be read, or there is no memory. */
static char *bytes_of(FILE *file, size_t *len) {
    char *all = NULL;
    size_t cap = 0;
    *len = 0;
    do {
        char *grown = (char *)realloc(all, cap += 1 << 16);
        if (grown == NULL) {
            free(all);
            return NULL;
        }
        all = grown;
        *len += fread(all + *len, 1, cap - *len, file);
    } while (*len == cap);
    if (ferror(file)) {
        free(all);
        return NULL;
    }
    return all;
}

/* The texts of a file, as a map; none where there is no file. NULL: it went well; otherwise why
 * it did not. */
static const char *read_texts(rsj_document *texts, const char *path) {
    FILE *file = fopen(path, "rb");
    size_t len = 2;
    char *all = NULL;
    memset(texts, 0, sizeof *texts);
    if (file != NULL) {
        all = bytes_of(file, &len);
        (void)fclose(file);
        if (all == NULL) {
            return "it cannot be read";
        }
    }
    (void)rsj_read(texts, all != NULL ? all : "{}", len);
    free(all);
    if (texts->why != NULL) {
        return texts->why;
    }
    return rsj_is(texts->root, RSJ_MAP) ? NULL : "it holds no texts by name";
}

/* Keeps all texts but one of this name, and that with this value, if there is one. Whoever reads
 * meanwhile sees the texts before or those after. NULL: it went well. */
static const char *keep_texts(const rsj_value *texts, const char *path, const rsj_value *name,
                              const rsj_value *value) {
    const rsj_value *text = texts->first;
    const char *why = "it cannot be written";
    rsj_writer out = {0}, aside = {0};
    FILE *file;
    rsj_open_map(&out);
    for (; text != NULL; text = text->next) {
        if (text->key_len != name->text_len ||
            memcmp(text->key, name->text, name->text_len) != 0) {
            rsj_key_bytes(&out, text->key, text->key_len);
            rsj_copy(&out, text);
        }
    }
    if (value != NULL) {
        rsj_key_bytes(&out, name->text, name->text_len);
        rsj_copy(&out, value);
    }
    rsj_close_map(&out);
    rsj_put(&out, "\n", 1);
    rsj_put(&aside, path, strlen(path));
    rsj_put(&aside, ".new", 5);
    if (!out.failed && !aside.failed && (file = fopen(aside.at, "wb")) != NULL) {
        size_t written = fwrite(out.at, 1, out.len, file);
        int closed = fclose(file);
#ifdef _WIN32
        (void)remove(path); /* a file is not renamed over another there */
#endif
        if (written == out.len && closed == 0 && rename(aside.at, path) == 0) {
            why = NULL;
        }
    }
    free(out.at);
    free(aside.at);
    return why;
}

/* -- what is asked ---------------------------------------------------------------------------- */

/* An answer that says no: a code for workflows, and words for people. */
static void fault(rsj_writer *out, const char *code, const char *what, const char *why) {
    rsj_writer words = {0};
    rsj_put(&words, what, strlen(what));
    rsj_put(&words, ": ", 2);
    rsj_put(&words, why, strlen(why));
    rsj_open_map(out);
    rsj_key(out, "fault");
    rsj_open_map(out);
    rsj_key(out, "form");
    rsj_open_map(out);
    rsj_key(out, "code");
    rsj_write_text(out, code);
    rsj_close_map(out);
    rsj_key(out, "message");
    rsj_write_bytes(out, words.at != NULL ? words.at : "", words.len);
    rsj_close_map(out);
    rsj_close_map(out);
    free(words.at);
}

/* How a text is, or was before a write. */
static void is(rsj_writer *out, const rsj_value *text) {
    if (text == NULL) {
        rsj_write_text(out, "absent");
        return;
    }
    rsj_open_map(out);
    rsj_key(out, "value");
    rsj_copy(out, text);
    rsj_close_map(out);
}

/* Does what a request asks, and writes the answer. */
static void performed(rsj_writer *out, const rsj_value *request, const char *path) {
    const rsj_value *name = rsj_get(request, "resource");
    const rsj_value *verb = rsj_get(request, "verb");
    const rsj_value *put = rsj_get(verb, "put");
    int deletes = rsj_says(verb, "delete");
    const char *why = NULL;
    rsj_document texts;
    if (path == NULL) {
        fault(out, "no-file", "the site file", "it does not say `file:`, where texts are kept");
        return;
    }
    if (rsj_text(name) == NULL || (!rsj_says(verb, "get") && !deletes && put == NULL)) {
        fault(out, "unsupported", path, "texts are read, written and deleted, and no more");
        return;
    }
    if ((why = read_texts(&texts, path)) != NULL) {
        fault(out, "unreadable", path, why);
    } else if ((deletes || put != NULL) &&
               (why = keep_texts(texts.root, path, name, put)) != NULL) {
        fault(out, "unwritable", path, why);
    } else {
        is(out, rsj_get(texts.root, rsj_text(name)));
    }
    rsj_forget(&texts);
}

/* -- what is said ----------------------------------------------------------------------------- */

/* What is said to a message of the engine, as the line that says it; nothing where it wants no
 * answer. 0: nothing more is asked. */
static int heard(rsj_writer *out, const char *line, size_t len) {
    rsj_document message;
    int goes_on = 1;
    const rsj_value *question, *file;
    if (!rsj_read(&message, line, len)) {
        (void)fprintf(stderr, "this is no message: %s\n", message.why);
        rsj_forget(&message);
        return 1;
    }
    question = rsj_get(message.root, "perform");
    question = question != NULL ? question : rsj_get(message.root, "read");
    file = rsj_get(rsj_get(question, "options"), "file");
    if (rsj_get(message.root, "hello") != NULL) {
        /* One question at a time, and plans may ask too. */
        rsj_write_json(out, "{\"hello\":{\"version\":1,\"at_once\":1,\"reads\":true}}\n");
    } else if (question != NULL) {
        rsj_open_map(out);
        rsj_key(out, "answer");
        rsj_open_map(out);
        rsj_key(out, "id");
        rsj_copy(out, rsj_get(question, "id"));
        rsj_key(out, "answer");
        performed(out, rsj_get(question, "request"), rsj_text(file));
        rsj_close_map(out);
        rsj_close_map(out);
        rsj_put(out, "\n", 1);
    } else if (rsj_get(message.root, "goodbye") != NULL) {
        goes_on = 0;
    }
    rsj_forget(&message);
    return goes_on;
}

#ifndef WITHOUT_MAIN
/* The next line of the input, without its end; 0: there is none. */
static int next_line(rsj_writer *line) {
    int byte;
    line->len = 0;
    while ((byte = getchar()) != EOF && byte != '\n') {
        char one = (char)byte;
        rsj_put(line, &one, 1);
    }
    return (byte != EOF || line->len > 0) && !line->failed;
}

int main(void) {
    rsj_writer line = {0}, out = {0};
    int goes_on = 1;
    while (goes_on && next_line(&line)) {
        out.len = 0;
        out.comma = 0;
        goes_on = heard(&out, line.at, line.len);
        if (out.failed || fwrite(out.at, 1, out.len, stdout) != out.len || fflush(stdout) != 0) {
            return 1;
        }
    }
    free(line.at);
    free(out.at);
    return 0;
}
#endif
