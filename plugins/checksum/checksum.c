/* A plugin for Runsheet: the kind `checksum`, which gives the CRC-32 (ITU-T V.42) or the SHA-256
 * (FIPS 180-4) of a text or of the lines of a file, and fails where it is not the one expected. */
#include "runsheet_kit.h"

/* -- digests: begin with the state, take bytes in any number of pieces, end ------------------- */

typedef struct digest {
    int is_crc32;
    uint32_t state[8];
    uint64_t length;
    unsigned char block[64];
} digest;

static void crc32_take(digest *it, const unsigned char *bytes, size_t len) {
    uint32_t crc = ~it->state[0];
    int bit;
    while (len-- > 0) {
        crc ^= *bytes++;
        for (bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ (0xEDB88320u & (0u - (crc & 1u)));
        }
    }
    it->state[0] = ~crc;
}

static uint32_t turned(uint32_t word, int bits) { return word >> bits | word << (32 - bits); }

static void sha256_block(digest *it) {
    static const uint32_t K[64] = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
        0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
        0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
        0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
        0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
        0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
        0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
        0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
        0xc67178f2};
    uint32_t w[64], v[8];
    int n;
    for (n = 0; n < 16; n++) {
        const unsigned char *at = it->block + 4 * n;
        w[n] = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    }
    for (; n < 64; n++) {
        uint32_t a = turned(w[n - 15], 7) ^ turned(w[n - 15], 18) ^ w[n - 15] >> 3;
        uint32_t b = turned(w[n - 2], 17) ^ turned(w[n - 2], 19) ^ w[n - 2] >> 10;
        w[n] = w[n - 16] + a + w[n - 7] + b;
    }
    memcpy(v, it->state, sizeof v);
    for (n = 0; n < 64; n++) {
        uint32_t e = turned(v[4], 6) ^ turned(v[4], 11) ^ turned(v[4], 25);
        uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
        uint32_t one = v[7] + e + choice + K[n] + w[n];
        uint32_t a = turned(v[0], 2) ^ turned(v[0], 13) ^ turned(v[0], 22);
        uint32_t most = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
        memmove(v + 1, v, 7 * sizeof v[0]);
        v[4] += one;
        v[0] = one + a + most;
    }
    for (n = 0; n < 8; n++) {
        it->state[n] += v[n];
    }
}

static void sha256_take(digest *it, const unsigned char *bytes, size_t len) {
    while (len-- > 0) {
        it->block[it->length++ % 64] = *bytes++;
        if (it->length % 64 == 0) {
            sha256_block(it);
        }
    }
}

static void begin(digest *it, int is_crc32) {
    static const uint32_t SHA256[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memset(it, 0, sizeof *it);
    it->is_crc32 = is_crc32;
    if (!is_crc32) {
        memcpy(it->state, SHA256, sizeof SHA256);
    }
}

static void take(digest *it, const char *bytes, size_t len) {
    if (it->is_crc32) {
        crc32_take(it, (const unsigned char *)bytes, len);
        it->length += len;
    } else {
        sha256_take(it, (const unsigned char *)bytes, len);
    }
}

/* The digest in lower-case hex. */
static void end(digest *it, char hex[65]) {
    int n, words = it->is_crc32 ? 1 : 8;
    if (!it->is_crc32) {
        uint64_t bits = it->length * 8;
        unsigned char tail[72] = {0x80};
        size_t pad = (size_t)(120 - it->length % 64 - 1) % 64 + 1;
        for (n = 0; n < 8; n++) {
            tail[pad + (size_t)n] = (unsigned char)(bits >> (56 - 8 * n));
        }
        sha256_take(it, tail, pad + 8);
    }
    for (n = 0; n < words; n++) {
        (void)snprintf(hex + 8 * n, 9, "%08x", (unsigned)it->state[n]);
    }
}

/* -- the kind ---------------------------------------------------------------------------------- */

static const char DESCRIPTION[] =
    "{\"name\": \"checksum\", \"version\": \"1.0.0\","
    " \"summary\": \"texts and files are held against their checksums\","
    " \"steps\": [{\"kind\": \"checksum\", \"acts\": \"never\", \"checks\": true,"
    " \"shape\": {"
    " \"summary\": \"the checksum of a text, or of the lines of a file\","
    " \"host\": \"optional\","
    " \"inputs\": ["
    "  {\"name\": \"file\", \"kind\": \"path\","
    "   \"doc\": \"the text file at `host:`; how its lines end makes no difference\"},"
    "  {\"name\": \"text\", \"kind\": \"text\", \"doc\": \"the text, if it is no file\"},"
    "  {\"name\": \"algorithm\", \"kind\": {\"word\": [\"sha256\", \"crc32\"]},"
    "   \"doc\": \"which checksum; `sha256` if nothing is said\"},"
    "  {\"name\": \"equals\", \"kind\": \"text\","
    "   \"doc\": \"what it has to be, in hex; anything else fails the step\"}],"
    " \"outputs\": ["
    "  {\"name\": \"checksum\", \"kind\": \"text\", \"doc\": \"in lower-case hex\"},"
    "  {\"name\": \"size\", \"kind\": \"int\", \"doc\": \"how many bytes it is of\"}],"
    " \"example\":"
    " \"- id: hosts\\n  uses: checksum\\n  host: WEB\\n  with: {file: /etc/hosts, algorithm: crc32}\\n\""
    "}}]}";

static int is_crc32(const rsk_step *step) {
    return rsj_says(rsj_get(step->with, "algorithm"), "crc32");
}

/* Whether a text is hex, of either case, of as many digits as the algorithm gives. */
static int is_digest(const char *text, int digits) {
    size_t len = strlen(text);
    return len == (size_t)digits && strspn(text, "0123456789abcdefABCDEF") == len;
}

/* What is wrong with an input, and with which of its fields. */
typedef struct fault {
    const char *code;
    const char *message;
    const char *at;
} fault;

/* What is unknown is right for now. */
static const fault *wrong(const rsk_step *step) {
    static const fault NEITHER = {"bad-input", "it takes either `file` or `text`", NULL},
                       BOTH = {"bad-input", "it takes either `file` or `text`", "text"},
                       SECRET = {"bad-input",
                                 "a secret has no checksum: it would give it away", "text"},
                       NO_HOST = {"no-host", "a file is at a host: say which with `host:`", "file"},
                       NO_CRC32 = {"bad-input", "a CRC-32 has 8 hexadecimal digits", "equals"},
                       NO_SHA256 = {"bad-input", "a SHA-256 has 64 hexadecimal digits", "equals"};
    const rsj_value *file = rsj_get(step->with, "file");
    const rsj_value *text = rsj_get(step->with, "text");
    const rsj_value *equals = rsj_get(step->with, "equals");
    if (rsj_is_null(file) == rsj_is_null(text)) {
        return rsj_is_null(text) ? &NEITHER : &BOTH;
    }
    if (rsk_marked(text, "secret") != NULL) {
        return &SECRET;
    }
    if (!rsj_is_null(file) && rsj_is_null(step->host)) {
        return &NO_HOST;
    }
    if (!rsj_is_null(equals) && rsk_unknown(equals) == NULL &&
        rsk_unknown(rsj_get(step->with, "algorithm")) == NULL) {
        const char *wanted = rsj_text(equals);
        if (wanted == NULL || !is_digest(wanted, is_crc32(step) ? 8 : 64)) {
            return is_crc32(step) ? &NO_CRC32 : &NO_SHA256;
        }
    }
    return NULL;
}

static void checked(rsj_writer *out, const rsk_step *step) {
    const fault *it = wrong(step);
    rsj_open_map(out);
    rsj_key(out, "failures");
    rsj_open_list(out);
    if (it != NULL) {
        rsk_failure(out, it->code, it->message, it->at);
    }
    rsj_close_list(out);
    rsj_key(out, "acts");
    rsj_write_bool(out, 0);
    rsj_close_map(out);
}

static int32_t check(runsheet_str message, runsheet_buf *answer) {
    return rsk_turn(message, answer, checked);
}

static int same_hex(const char *one, const char *other) {
    for (; *one != 0 && *other != 0; one++, other++) {
        /* Letters of either case; digits already have this bit. */
        if ((*one | 0x20) != (*other | 0x20)) {
            return 0;
        }
    }
    return *one == *other;
}

/* It is done, or it failed because it is another than the one expected. */
static void held(rsj_writer *out, const rsk_step *step, digest *it) {
    const char *wanted = rsj_text(rsj_get(step->with, "equals"));
    int64_t size = (int64_t)it->length;
    char hex[65], words[200];
    end(it, hex);
    if (wanted != NULL && !same_hex(wanted, hex)) {
        (void)snprintf(words, sizeof words, "the checksum is %s", hex);
        rsk_failed(out, "checksum-differs", words, "equals");
        return;
    }
    rsk_done(out, 0);
    rsj_key(out, "checksum");
    rsj_write_text(out, hex);
    rsj_key(out, "size");
    rsj_write_whole(out, size);
    rsk_close(out);
}

/* What was answered to the one question: the lines of the file. */
static void of_lines(rsj_writer *out, const rsk_step *step, const rsj_value *heard) {
    const rsj_value *lines = rsj_get(heard, "value");
    const rsj_value *line = rsj_is(lines, RSJ_LIST) ? lines->first : NULL;
    digest it;
    if (rsj_says(heard, "absent")) {
        rsk_failed(out, "no-such-file", "there is no such file", "file");
        return;
    }
    if (!rsj_is_null(rsj_get(heard, "fault"))) {
        rsk_faulted(out, rsj_get(heard, "fault"));
        return;
    }
    if (!rsj_is_null(rsj_get(heard, "unknown"))) {
        rsk_not_known(out, rsj_get(heard, "unknown"));
        return;
    }
    if (!rsj_is(lines, RSJ_LIST)) {
        rsk_failed(out, "file-too-large",
                   "the file is too large to be carried to this step: have the host compute its "
                   "checksum, with `exec`",
                   "file");
        return;
    }
    begin(&it, is_crc32(step));
    for (; line != NULL; line = line->next) {
        const rsj_value *text = rsj_get(line, "line");
        if (!rsj_is(text, RSJ_TEXT)) {
            rsk_failed(out, "no-text", "a line of the file is no text", "file");
            return;
        }
        take(&it, text->text, text->text_len);
        take(&it, "\n", 1);
    }
    held(out, step, &it);
}

/* The reasons of the first input that is not known yet; NULL where all are. */
static const rsj_value *not_known(const rsk_step *step) {
    static const char *const FIELDS[] = {"file", "text", "algorithm", "equals"};
    const rsj_value *why = rsk_unknown(step->host);
    size_t n;
    for (n = 0; why == NULL && n < sizeof FIELDS / sizeof *FIELDS; n++) {
        why = rsk_unknown(rsj_get(step->with, FIELDS[n]));
    }
    return why;
}

static void think(rsj_writer *out, const rsk_step *step) {
    const rsj_value *text = rsj_get(step->with, "text");
    const char *file = rsj_text(rsj_get(step->with, "file"));
    const rsj_value *why = not_known(step);
    const rsj_value *heard = rsk_heard(step, 0);
    const fault *bad = wrong(step);
    if (bad != NULL) {
        rsk_failed(out, bad->code, bad->message, bad->at);
    } else if (why != NULL) {
        rsk_not_known(out, why);
    } else if (rsj_is(text, RSJ_TEXT)) {
        digest it;
        begin(&it, is_crc32(step));
        take(&it, text->text, text->text_len);
        held(out, step, &it);
    } else if (file == NULL) {
        rsk_failed(out, "bad-input", "this is no text", rsj_is_null(text) ? "file" : "text");
    } else if (rsk_host_name(step) == NULL) {
        rsk_failed(out, "no-host", "a file is at a host: say which with `host:`", "file");
    } else if (heard == NULL) {
        rsk_ask(out, rsk_host_name(step), "file", file, "{\"list\":null}");
    } else {
        of_lines(out, step, heard);
    }
}

static int32_t turn(runsheet_str message, runsheet_buf *answer) {
    return rsk_turn(message, answer, think);
}

RSK_PLUGIN(DESCRIPTION, .turn = turn, .check = check)
