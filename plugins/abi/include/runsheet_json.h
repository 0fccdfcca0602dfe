/* JSON for plugins in C99: a reader and a writer in one header, with no state of their own.
 *
 *     rsj_document document;
 *     if (rsj_read(&document, message.at, message.len)) {
 *         const rsj_value *with = rsj_get(rsj_get(document.root, "input"), "with");
 *         const char *name = rsj_text(rsj_get(with, "name"));
 *         ...
 *     }
 *     rsj_forget(&document);
 *
 * Whatever the bytes, the reader stays within them, takes memory in proportion to them, and stops
 * at RSJ_MOST_LEVELS. What is asked of a value that is not there (NULL) is not there either, so
 * paths need no checks on the way. The writer sets the commas; when memory runs out it goes on
 * and says so at the end. */
#ifndef RUNSHEET_JSON_H
#define RUNSHEET_JSON_H

#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many lists and maps may stand within each other. */
#define RSJ_MOST_LEVELS 128

typedef enum rsj_kind {
    RSJ_NULL,
    RSJ_FALSE,
    RSJ_TRUE,
    RSJ_WHOLE,  /* a whole number of 64 bits */
    RSJ_NUMBER, /* any other number */
    RSJ_TEXT,
    RSJ_LIST,
    RSJ_MAP
} rsj_kind;

typedef struct rsj_value {
    rsj_kind kind;
    const char *key; /* in a map; it ends in a NUL that key_len does not count */
    size_t key_len;
    struct rsj_value *next;  /* in the same list or map */
    struct rsj_value *first; /* of a list or map */
    size_t count;            /* of a list or map */
    int64_t whole;
    double number;
    const char *text; /* in UTF-8; it ends in a NUL that text_len does not count */
    size_t text_len;
} rsj_value;

typedef struct rsj_block {
    struct rsj_block *before;
    size_t used;
    size_t size;
    double bytes[1]; /* so that whatever is kept in it is aligned */
} rsj_block;

typedef struct rsj_document {
    const rsj_value *root;
    const char *why; /* not read, and why */
    size_t place;    /* and at which byte */
    const char *start, *at, *end;
    rsj_block *blocks;
} rsj_document;

/* -- reading ------------------------------------------------------------------------------- */

static inline void *rsj_keep(rsj_document *document, size_t size) {
    rsj_block *block = document->blocks;
    size_t aligned = (size + sizeof(double) - 1) / sizeof(double) * sizeof(double);
    if (aligned < size) {
        return NULL;
    }
    if (block == NULL || block->size - block->used < aligned) {
        size_t room = aligned > 4000 ? aligned : 4000;
        if (room > (size_t)-1 - sizeof(rsj_block)) {
            return NULL;
        }
        block = (rsj_block *)malloc(sizeof(rsj_block) + room);
        if (block == NULL) {
            return NULL;
        }
        block->before = document->blocks;
        block->used = 0;
        block->size = room;
        document->blocks = block;
    }
    block->used += aligned;
    return (char *)block->bytes + (block->used - aligned);
}

static inline int rsj_fail(rsj_document *document, const char *why) {
    if (document->why == NULL) {
        document->why = why;
        document->place = (size_t)(document->at - document->start);
    }
    return 0;
}

static inline void rsj_skip(rsj_document *document) {
    while (document->at < document->end && strchr(" \t\r\n", *document->at) && *document->at) {
        document->at++;
    }
}

static inline int rsj_takes(rsj_document *document, char wanted) {
    if (document->at < document->end && *document->at == wanted) {
        document->at++;
        return 1;
    }
    return 0;
}

static inline int rsj_hex4(rsj_document *document, uint32_t *unit) {
    int digits;
    *unit = 0;
    for (digits = 0; digits < 4; digits++) {
        const char *hex = "0123456789abcdef0123456789ABCDEF";
        const char *found;
        if (document->at >= document->end || *document->at == 0 ||
            (found = strchr(hex, *document->at)) == NULL) {
            return rsj_fail(document, "four hexadecimal digits come after \\u");
        }
        *unit = *unit * 16 + (uint32_t)(found - hex) % 16;
        document->at++;
    }
    return 1;
}

/* One character of an escape, as UTF-8, which is never longer than the escape. */
static inline int rsj_escape(rsj_document *document, char **out) {
    const char *names = "\"\\/bfnrt";
    const char *means = "\"\\/\b\f\n\r\t";
    const char *found;
    uint32_t unit, low;
    if (document->at >= document->end || *document->at == 0) {
        return rsj_fail(document, "the text ends in an escape");
    }
    if ((found = strchr(names, *document->at)) != NULL) {
        *(*out)++ = means[found - names];
        document->at++;
        return 1;
    }
    if (!rsj_takes(document, 'u') || !rsj_hex4(document, &unit)) {
        return rsj_fail(document, "there is no such escape");
    }
    if (unit >= 0xD800 && unit < 0xDC00) {
        if (!rsj_takes(document, '\\') || !rsj_takes(document, 'u') ||
            !rsj_hex4(document, &low) || low < 0xDC00 || low > 0xDFFF) {
            return rsj_fail(document, "half a character is none");
        }
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    } else if (unit >= 0xDC00 && unit < 0xE000) {
        return rsj_fail(document, "half a character is none");
    }
    if (unit < 0x80) {
        *(*out)++ = (char)unit;
    } else if (unit < 0x800) {
        *(*out)++ = (char)(0xC0 | unit >> 6);
        *(*out)++ = (char)(0x80 | (unit & 0x3F));
    } else if (unit < 0x10000) {
        *(*out)++ = (char)(0xE0 | unit >> 12);
        *(*out)++ = (char)(0x80 | (unit >> 6 & 0x3F));
        *(*out)++ = (char)(0x80 | (unit & 0x3F));
    } else {
        *(*out)++ = (char)(0xF0 | unit >> 18);
        *(*out)++ = (char)(0x80 | (unit >> 12 & 0x3F));
        *(*out)++ = (char)(0x80 | (unit >> 6 & 0x3F));
        *(*out)++ = (char)(0x80 | (unit & 0x3F));
    }
    return 1;
}

/* How many bytes the character at this place has; 0: it is no UTF-8. */
static inline size_t rsj_utf8(const char *at, const char *end) {
    unsigned char first = (unsigned char)*at;
    size_t len = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    unsigned char low = 0x80, high = 0xBF;
    size_t n;
    if (len == 0 || first > 0xF4 || (size_t)(end - at) < len) {
        return 0;
    }
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
    for (n = 1; n < len; n++) {
        unsigned char next = (unsigned char)at[n];
        if (next < low || next > high) {
            return 0;
        }
        low = 0x80;
        high = 0xBF;
    }
    return len;
}

static inline int rsj_read_text(rsj_document *document, const char **text, size_t *text_len) {
    const char *close;
    char *out, *start;
    if (!rsj_takes(document, '"')) {
        return rsj_fail(document, "a text begins with a quotation mark");
    }
    for (close = document->at; close < document->end && *close != '"'; close++) {
        close += *close == '\\' && close + 1 < document->end;
    }
    out = start = (char *)rsj_keep(document, (size_t)(close - document->at) + 1);
    if (out == NULL) {
        return rsj_fail(document, "there is no memory for it");
    }
    while (document->at < document->end && *document->at != '"') {
        size_t len;
        if ((unsigned char)*document->at < 0x20) {
            return rsj_fail(document, "a control character stands in a text");
        }
        if (rsj_takes(document, '\\')) {
            if (!rsj_escape(document, &out)) {
                return 0;
            }
            continue;
        }
        if ((len = rsj_utf8(document->at, document->end)) == 0) {
            return rsj_fail(document, "this is no UTF-8");
        }
        memcpy(out, document->at, len);
        out += len;
        document->at += len;
    }
    if (!rsj_takes(document, '"')) {
        return rsj_fail(document, "a text is not closed");
    }
    *out = 0;
    *text = start;
    *text_len = (size_t)(out - start);
    return 1;
}

static inline size_t rsj_digits(rsj_document *document) {
    const char *start = document->at;
    while (document->at < document->end && *document->at >= '0' && *document->at <= '9') {
        document->at++;
    }
    return (size_t)(document->at - start);
}

/* The whole number of these characters; 0: it has more than 64 bits. */
static inline int rsj_whole_of(const char *at, const char *end, int64_t *whole) {
    int negative = *at == '-';
    uint64_t most = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    uint64_t sum = 0;
    for (at += negative; at < end; at++) {
        uint64_t digit = (uint64_t)(*at - '0');
        if (sum > (most - digit) / 10) {
            return 0;
        }
        sum = sum * 10 + digit;
    }
    *whole = !negative ? (int64_t)sum : sum == 0 ? 0 : -(int64_t)(sum - 1) - 1;
    return 1;
}

static inline int rsj_read_number(rsj_document *document, rsj_value *value) {
    const char *start = document->at;
    int whole = 1;
    size_t len;
    char *copy, *point;
    (void)rsj_takes(document, '-');
    if (!rsj_takes(document, '0') && rsj_digits(document) == 0) {
        return rsj_fail(document, "this is no value");
    }
    if (rsj_takes(document, '.')) {
        whole = 0;
        if (rsj_digits(document) == 0) {
            return rsj_fail(document, "digits come after a point");
        }
    }
    if (rsj_takes(document, 'e') || rsj_takes(document, 'E')) {
        whole = 0;
        (void)(rsj_takes(document, '+') || rsj_takes(document, '-'));
        if (rsj_digits(document) == 0) {
            return rsj_fail(document, "digits come after an exponent");
        }
    }
    if (whole && rsj_whole_of(start, document->at, &value->whole)) {
        value->kind = RSJ_WHOLE;
        value->number = (double)value->whole;
        return 1;
    }
    len = (size_t)(document->at - start);
    if ((copy = (char *)rsj_keep(document, len + 1)) == NULL) {
        return rsj_fail(document, "there is no memory for it");
    }
    memcpy(copy, start, len);
    copy[len] = 0;
    if ((point = strchr(copy, '.')) != NULL) {
        *point = *localeconv()->decimal_point;
    }
    value->kind = RSJ_NUMBER;
    value->number = strtod(copy, NULL);
    if (value->number - value->number != 0) {
        return rsj_fail(document, "the number is too large");
    }
    return 1;
}

static inline int rsj_read_word(rsj_document *document, const char *word) {
    size_t len = strlen(word);
    if ((size_t)(document->end - document->at) < len || memcmp(document->at, word, len) != 0) {
        return rsj_fail(document, "this is no value");
    }
    document->at += len;
    return 1;
}

static inline int rsj_read_value(rsj_document *document, rsj_value *value, int level);

/* The items of a list or the entries of a map, after its opening. */
static inline int rsj_read_items(rsj_document *document, rsj_value *value, int level) {
    char close = value->kind == RSJ_MAP ? '}' : ']';
    rsj_value **last = &value->first;
    if (level >= RSJ_MOST_LEVELS) {
        return rsj_fail(document, "there are too many levels");
    }
    rsj_skip(document);
    if (rsj_takes(document, close)) {
        return 1;
    }
    for (;;) {
        rsj_value *item = (rsj_value *)rsj_keep(document, sizeof *item);
        if (item == NULL) {
            return rsj_fail(document, "there is no memory for it");
        }
        memset(item, 0, sizeof *item);
        rsj_skip(document);
        if (value->kind == RSJ_MAP) {
            if (!rsj_read_text(document, &item->key, &item->key_len)) {
                return 0;
            }
            rsj_skip(document);
            if (!rsj_takes(document, ':')) {
                return rsj_fail(document, "a colon comes after a key");
            }
        }
        if (!rsj_read_value(document, item, level + 1)) {
            return 0;
        }
        *last = item;
        last = &item->next;
        value->count++;
        rsj_skip(document);
        if (rsj_takes(document, close)) {
            return 1;
        }
        if (!rsj_takes(document, ',')) {
            return rsj_fail(document, "a comma or an end is missing");
        }
    }
}

static inline int rsj_read_value(rsj_document *document, rsj_value *value, int level) {
    rsj_skip(document);
    switch (document->at < document->end ? *document->at : 0) {
    case '{':
    case '[':
        value->kind = *document->at++ == '{' ? RSJ_MAP : RSJ_LIST;
        return rsj_read_items(document, value, level);
    case '"':
        value->kind = RSJ_TEXT;
        return rsj_read_text(document, &value->text, &value->text_len);
    case 'n':
        value->kind = RSJ_NULL;
        return rsj_read_word(document, "null");
    case 't':
        value->kind = RSJ_TRUE;
        return rsj_read_word(document, "true");
    case 'f':
        value->kind = RSJ_FALSE;
        return rsj_read_word(document, "false");
    default:
        return rsj_read_number(document, value);
    }
}

/* Reads one value; 0: it could not, and `why` and `place` say why. The document owns copies of
 * all it has, and is to be forgotten in either case. */
static inline int rsj_read(rsj_document *document, const char *at, size_t len) {
    rsj_value *root;
    memset(document, 0, sizeof *document);
    document->start = document->at = at != NULL ? at : "";
    document->end = document->start + (at != NULL ? len : 0);
    root = (rsj_value *)rsj_keep(document, sizeof *root);
    if (root == NULL) {
        return rsj_fail(document, "there is no memory for it");
    }
    memset(root, 0, sizeof *root);
    if (!rsj_read_value(document, root, 0)) {
        return 0;
    }
    rsj_skip(document);
    if (document->at != document->end) {
        return rsj_fail(document, "something comes after the value");
    }
    document->root = root;
    return 1;
}

/* Frees what the document has; its values are gone. */
static inline void rsj_forget(rsj_document *document) {
    while (document->blocks != NULL) {
        rsj_block *before = document->blocks->before;
        free(document->blocks);
        document->blocks = before;
    }
    document->root = NULL;
}

/* The entry of a map with this key; NULL where there is none, or where this is no map. */
static inline const rsj_value *rsj_get(const rsj_value *map, const char *key) {
    const rsj_value *entry = map != NULL && map->kind == RSJ_MAP ? map->first : NULL;
    size_t len = strlen(key);
    while (entry != NULL && (entry->key_len != len || memcmp(entry->key, key, len) != 0)) {
        entry = entry->next;
    }
    return entry;
}

/* The n-th item of a list, from 0; NULL where there is none. */
static inline const rsj_value *rsj_at(const rsj_value *list, size_t n) {
    const rsj_value *item = list != NULL && list->kind == RSJ_LIST ? list->first : NULL;
    while (item != NULL && n-- > 0) {
        item = item->next;
    }
    return item;
}

static inline int rsj_is(const rsj_value *value, rsj_kind kind) {
    return value != NULL && value->kind == kind;
}

/* Whether it is null, or is not there. */
static inline int rsj_is_null(const rsj_value *value) {
    return value == NULL || value->kind == RSJ_NULL;
}

/* Its characters; NULL where it is no text, or has a NUL within. */
static inline const char *rsj_text(const rsj_value *value) {
    if (!rsj_is(value, RSJ_TEXT) || strlen(value->text) != value->text_len) {
        return NULL;
    }
    return value->text;
}

/* Whether it is this text. */
static inline int rsj_says(const rsj_value *value, const char *text) {
    const char *said = rsj_text(value);
    return said != NULL && strcmp(said, text) == 0;
}

/* -- writing ------------------------------------------------------------------------------- */

/* Begins as all zeros: `rsj_writer writer = {0};`. The text is the caller's, to be freed. */
typedef struct rsj_writer {
    char *at;
    size_t len;
    size_t cap;
    int comma;  /* one comes before the next value or key */
    int failed; /* there was no memory, or a number that JSON has no word for */
} rsj_writer;

static inline void rsj_put(rsj_writer *writer, const char *bytes, size_t len) {
    if (writer->failed) {
        return;
    }
    if (writer->cap - writer->len < len) {
        size_t cap = writer->cap < 256 ? 256 : writer->cap;
        char *grown = NULL;
        while (cap - writer->len < len && cap <= (size_t)-1 / 2) {
            cap *= 2;
        }
        if (cap - writer->len >= len) {
            grown = (char *)realloc(writer->at, cap);
        }
        if (grown == NULL) {
            writer->failed = 1;
            return;
        }
        writer->at = grown;
        writer->cap = cap;
    }
    memcpy(writer->at + writer->len, bytes, len);
    writer->len += len;
}

static inline void rsj_separate(rsj_writer *writer) {
    if (writer->comma) {
        rsj_put(writer, ",", 1);
    }
    writer->comma = 1;
}

static inline void rsj_open(rsj_writer *writer, char opening) {
    rsj_separate(writer);
    rsj_put(writer, &opening, 1);
    writer->comma = 0;
}

static inline void rsj_close(rsj_writer *writer, char closing) {
    rsj_put(writer, &closing, 1);
    writer->comma = 1;
}

static inline void rsj_open_map(rsj_writer *writer) { rsj_open(writer, '{'); }
static inline void rsj_close_map(rsj_writer *writer) { rsj_close(writer, '}'); }
static inline void rsj_open_list(rsj_writer *writer) { rsj_open(writer, '['); }
static inline void rsj_close_list(rsj_writer *writer) { rsj_close(writer, ']'); }

/* What is valid JSON already. */
static inline void rsj_write_json(rsj_writer *writer, const char *json) {
    rsj_separate(writer);
    rsj_put(writer, json, strlen(json));
}

static inline void rsj_write_null(rsj_writer *writer) { rsj_write_json(writer, "null"); }

static inline void rsj_write_bool(rsj_writer *writer, int truth) {
    rsj_write_json(writer, truth ? "true" : "false");
}

static inline void rsj_write_whole(rsj_writer *writer, int64_t number) {
    char digits[24];
    uint64_t rest = number < 0 ? (uint64_t) - (number + 1) + 1 : (uint64_t)number;
    char *at = digits + sizeof digits - 1;
    *at = 0;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0) {
        *--at = '-';
    }
    rsj_write_json(writer, at);
}

static inline void rsj_write_number(rsj_writer *writer, double number) {
    char text[40];
    char *point;
    if (number - number != 0) { /* infinite, or none */
        writer->failed = 1;
        return;
    }
    (void)snprintf(text, sizeof text, "%.17g", number);
    if ((point = strchr(text, *localeconv()->decimal_point)) != NULL) {
        *point = '.';
    } else if (strchr(text, 'e') == NULL) {
        (void)strcat(text, ".0");
    }
    rsj_write_json(writer, text);
}

/* A text of so many bytes in UTF-8; bytes that are none are written as U+FFFD. */
static inline void rsj_write_bytes(rsj_writer *writer, const char *text, size_t len) {
    const char *end = text + len;
    rsj_separate(writer);
    rsj_put(writer, "\"", 1);
    while (text < end) {
        unsigned char byte = (unsigned char)*text;
        size_t char_len = rsj_utf8(text, end);
        if (byte < 0x20 || byte == '"' || byte == '\\') {
            char escape[8];
            (void)snprintf(escape, sizeof escape, "\\u%04x", byte);
            rsj_put(writer, escape, 6);
        } else if (char_len == 0) {
            rsj_put(writer, "\xEF\xBF\xBD", 3);
        } else {
            rsj_put(writer, text, char_len);
        }
        text += char_len == 0 ? 1 : char_len;
    }
    rsj_put(writer, "\"", 1);
}

static inline void rsj_write_text(rsj_writer *writer, const char *text) {
    rsj_write_bytes(writer, text, strlen(text));
}

static inline void rsj_key_bytes(rsj_writer *writer, const char *key, size_t len) {
    rsj_write_bytes(writer, key, len);
    rsj_put(writer, ":", 1);
    writer->comma = 0;
}

static inline void rsj_key(rsj_writer *writer, const char *key) {
    rsj_key_bytes(writer, key, strlen(key));
}

/* A value as it was read; null where it is not there. */
static inline void rsj_copy(rsj_writer *writer, const rsj_value *value) {
    const rsj_value *item = value != NULL ? value->first : NULL;
    switch (value != NULL ? value->kind : RSJ_NULL) {
    case RSJ_NULL: rsj_write_null(writer); break;
    case RSJ_FALSE: rsj_write_bool(writer, 0); break;
    case RSJ_TRUE: rsj_write_bool(writer, 1); break;
    case RSJ_WHOLE: rsj_write_whole(writer, value->whole); break;
    case RSJ_NUMBER: rsj_write_number(writer, value->number); break;
    case RSJ_TEXT: rsj_write_bytes(writer, value->text, value->text_len); break;
    case RSJ_LIST:
        rsj_open_list(writer);
        for (; item != NULL; item = item->next) {
            rsj_copy(writer, item);
        }
        rsj_close_list(writer);
        break;
    case RSJ_MAP:
        rsj_open_map(writer);
        for (; item != NULL; item = item->next) {
            rsj_key_bytes(writer, item->key, item->key_len);
            rsj_copy(writer, item);
        }
        rsj_close_map(writer);
        break;
    }
}

#endif
