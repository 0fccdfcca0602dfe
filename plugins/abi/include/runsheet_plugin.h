/* The line between Runsheet and a plugin, in C99. A plugin is one shared library that exports one
 * function, RUNSHEET_ENTRY. What is said over the line is JSON in UTF-8; ../README.md says which
 * messages there are, and messages.schema.json beside it is their schema.
 *
 * Rules. Texts are borrowed: they live until the call returns, and do not end in a NUL. An answer
 * is freed by the side that made it, through `free` of the plugin's table. Tables begin with their
 * size and only grow at the end: a field is there if the size reaches past it. No exception, panic
 * or longjmp crosses. Any method may be called from any thread, several at the same time. */
#ifndef RUNSHEET_PLUGIN_H
#define RUNSHEET_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The major version is part of the entry's name; a host of another major does not find it. */
#define RUNSHEET_MAJOR 1
#define RUNSHEET_MINOR 1

/* How a method ended. */
#define RUNSHEET_OK 0          /* the answer is what the message asked for */
#define RUNSHEET_ERROR 1       /* the answer is {"message": "..."}: the message made no sense */
#define RUNSHEET_PANIC 2       /* the answer is {"message": "..."}: a fault in the plugin itself */
#define RUNSHEET_UNSUPPORTED 3 /* there is no answer: the host does what it does without it */

/* How much a line of the log matters. */
#define RUNSHEET_LOG_ERROR 1
#define RUNSHEET_LOG_WARN 2
#define RUNSHEET_LOG_INFO 3
#define RUNSHEET_LOG_DEBUG 4

/* A borrowed text. */
typedef struct runsheet_str {
    const char *at;
    size_t len;
} runsheet_str;

/* A text that its maker frees. */
typedef struct runsheet_buf {
    char *at;
    size_t len;
    size_t cap;
} runsheet_buf;

/* What the host offers. It outlives the plugin. */
typedef struct runsheet_host {
    uint32_t size;
    uint32_t minor;
    void *context;
    /* Since 1.0. A line for whoever looks for a fault; never seen by a step. */
    void (*log)(void *context, int32_t level, runsheet_str line);
} runsheet_host;

/* One message, one answer. `answer` is empty before the call. */
typedef int32_t (*runsheet_method)(runsheet_str message, runsheet_buf *answer);

/* What a plugin offers. A method that is NULL, or beyond `size`, is answered by the host in the
 * plugin's stead; `free`, `describe` and, for kinds of step, `turn` must be there. */
typedef struct runsheet_plugin {
    uint32_t size;
    uint32_t minor;
    void (*free)(runsheet_buf answer);
    /* Since 1.0. */
    runsheet_method describe;
    runsheet_method arm;
    runsheet_method turn;
    runsheet_method predict;
    runsheet_method inverse;
    runsheet_method repeat;
    runsheet_method matches;
    /* Since 1.1. */
    runsheet_method check;
    runsheet_method about;
} runsheet_plugin;

#if defined(_WIN32)
#define RUNSHEET_EXPORT __declspec(dllexport)
#else
#define RUNSHEET_EXPORT __attribute__((visibility("default")))
#endif

#define RUNSHEET_ENTRY runsheet_plugin_v1

/* The one function that a plugin exports. NULL: it will not work with this host. The table must
 * not move or change while the process lives; the library is never unloaded. */
RUNSHEET_EXPORT const runsheet_plugin *runsheet_plugin_v1(const runsheet_host *host);

#ifdef __cplusplus
}
#endif

#endif
