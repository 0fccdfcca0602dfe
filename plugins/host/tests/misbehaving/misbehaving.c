/* Kinds of step that misbehave, one each, and one that does not. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runsheet_plugin.h"

static const char DONE[] = "{\"done\":{\"outputs\":{},\"changed\":false}}";

/* Whether a thread lurks, and whether its moment has come. */
static int lurks;
static volatile int ambush;
/* What no compiler can see through. */
static volatile int for_ever = 1;
static pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;
static int locked_for_ever;
static char not_from_the_heap[64];

static int32_t answer_with(const char *text, size_t len, runsheet_buf *answer) {
    answer->at = malloc(len ? len : 1);
    if (answer->at == NULL)
        return RUNSHEET_PANIC;
    memcpy(answer->at, text, len);
    answer->len = answer->cap = len;
    return RUNSHEET_OK;
}

static void release(runsheet_buf answer) {
    if (locked_for_ever)
        pthread_mutex_lock(&held);
    /* The huge answer is nothing but a claim. */
    if (answer.cap != 0)
        free(answer.at);
}

static int segfault(runsheet_buf *answer) {
    volatile int *volatile nowhere = NULL;
    (void)answer;
    return *nowhere;
}

static int abortion(runsheet_buf *answer) {
    (void)answer;
    fputs("misbehaving: it cannot go on like this\n", stderr);
    abort();
}

static int leave(runsheet_buf *answer) {
    (void)answer;
    exit(0);
}

static int endless_loop(runsheet_buf *answer) {
    while (for_ever)
        (void)answer;
    return RUNSHEET_OK;
}

/* What is freed at the end of the turn waits for a lock that the turn has taken. */
static int deadlock_in_drop(runsheet_buf *answer) {
    pthread_mutex_lock(&held);
    locked_for_ever = 1;
    return answer_with(DONE, strlen(DONE), answer);
}

static int huge_answer(runsheet_buf *answer) {
    answer->at = not_from_the_heap;
    answer->len = (size_t)1 << 30;
    answer->cap = 0;
    return RUNSHEET_OK;
}

static int wrong_free(runsheet_buf *answer) {
    size_t len = strlen(DONE);
    memcpy(not_from_the_heap + 1, DONE, len);
    answer->at = not_from_the_heap + 1;
    answer->len = answer->cap = len;
    return RUNSHEET_OK;
}

static int deeper(volatile char *above) {
    volatile char here[4096];
    here[0] = above[0];
    return for_ever ? deeper(here) + here[0] : 0;
}

static int stack_overflow(runsheet_buf *answer) {
    volatile char top = 0;
    (void)answer;
    return deeper(&top);
}

/* Nobody is to end this process any more; then it never ends. */
static int signal_handler(runsheet_buf *answer) {
    for (int number = 1; number < 32; number++)
        signal(number, SIG_IGN);
    return answer_with(DONE, strlen(DONE), answer);
}

static void *wait_for_the_next(void *nothing) {
    while (!ambush)
        usleep(100);
    segfault(NULL);
    return nothing;
}

static int thread_that_outlives(runsheet_buf *answer) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, wait_for_the_next, NULL) != 0)
        return RUNSHEET_PANIC;
    pthread_detach(thread);
    lurks = 1;
    return answer_with(DONE, strlen(DONE), answer);
}

/* Another question each time; with an answer it is done, whatever that was about. */
static int changed_question(runsheet_buf *answer) {
    static int times;
    char text[200];
    int len = snprintf(text, sizeof text,
                       "{\"ask\":[{\"host\":\"A\",\"facility\":\"shelf\",\"resource\":\"book %d\","
                       "\"verb\":\"get\"}]}",
                       ++times);
    return answer_with(text, (size_t)len, answer);
}

/* Well at first, and with an answer another question each time. */
static int changed_later(runsheet_buf *answer) {
    static const char FIRST[] = "{\"ask\":[{\"host\":\"A\",\"facility\":\"shelf\",\"resource\":"
                                "\"book 0\",\"verb\":\"get\"}]}";
    return answer_with(FIRST, strlen(FIRST), answer);
}

/* It speaks and listens where a program does by habit. */
static int prints(runsheet_buf *answer) {
    char line[8];
    puts("misbehaving: here it is");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin) != NULL)
        ;
    return answer_with(DONE, strlen(DONE), answer);
}

/* It writes into whatever is open. */
static int chatter(runsheet_buf *answer) {
    for (int file = 3; file < 256; file++)
        if (write(file, "hello", 5) < 0)
            continue;
    return answer_with(DONE, strlen(DONE), answer);
}

/* It closes the pipe to its host, wherever that is. */
static void close_the_pipe(void) {
    for (int file = 3; file < 256; file++) {
        int how = fcntl(file, F_GETFL);
        if (how != -1 && (how & O_ACCMODE) == O_WRONLY)
            close(file);
    }
}

static int hang_up(runsheet_buf *answer) {
    close_the_pipe();
    return endless_loop(answer);
}

/* It takes its time to end. */
static int hang_up_and_leave(runsheet_buf *answer) {
    (void)answer;
    close_the_pipe();
    usleep(50 * 1000);
    _exit(5);
}

/* It holds a pipe of the test until it dies. */
static int holds(runsheet_buf *answer) {
#ifdef HELD
    if (open(HELD, O_WRONLY) < 0)
        return RUNSHEET_PANIC;
#endif
    return endless_loop(answer);
}

#ifdef HELD_AT_ONCE
/* It does so while it is being loaded, which never comes to an end. */
__attribute__((constructor)) static void never_loaded(void) {
    runsheet_buf answer;
    if (open(HELD_AT_ONCE, O_WRONLY) >= 0)
        (void)endless_loop(&answer);
}
#endif

/* It starts something that lives on. */
static int child(runsheet_buf *answer) {
    if (fork() == 0)
        return holds(answer);
    abort();
}

/* It starts something that ends by itself, and waits for that. */
static int child_that_exits(runsheet_buf *answer) {
    int status;
    pid_t started = fork();
    if (started == 0)
        exit(7);
    if (waitpid(started, &status, 0) != started || !WIFEXITED(status) || WEXITSTATUS(status) != 7)
        return RUNSHEET_ERROR;
    return answer_with(DONE, strlen(DONE), answer);
}

/* It holds the pipe together with something that it starts. */
static int hold(runsheet_buf *answer) {
    (void)fork();
    return holds(answer);
}

static int well(runsheet_buf *answer) {
    if (lurks) {
        ambush = 1;
        for (;;)
            pause();
    }
    return answer_with(DONE, strlen(DONE), answer);
}

static const struct {
    const char *kind;
    int (*turn)(runsheet_buf *answer);
} KINDS[] = {
    {"segfault", segfault},
    {"abort", abortion},
    {"exit", leave},
    {"endless-loop", endless_loop},
    {"deadlock-in-drop", deadlock_in_drop},
    {"huge-answer", huge_answer},
    {"wrong-free", wrong_free},
    {"stack-overflow", stack_overflow},
    {"signal-handler", signal_handler},
    {"thread-that-outlives", thread_that_outlives},
    {"changed-question", changed_question},
    {"changed-later", changed_later},
    {"prints", prints},
    {"chatter", chatter},
    {"hang-up", hang_up},
    {"hang-up-and-leave", hang_up_and_leave},
    {"holds", holds},
    {"child", child},
    {"child-that-exits", child_that_exits},
    {"hold", hold},
    {"well", well},
};
static const size_t HOW_MANY = sizeof KINDS / sizeof *KINDS;

/* Whether a text stands in a message, which does not end in a NUL. */
static int has(runsheet_str message, const char *text) {
    size_t len = strlen(text);
    for (size_t at = 0; at + len <= message.len; at++)
        if (memcmp(message.at + at, text, len) == 0)
            return 1;
    return 0;
}

static int32_t describe(runsheet_str message, runsheet_buf *answer) {
    char text[4096];
    size_t len = (size_t)snprintf(text, sizeof text,
                                  "{\"name\":\"misbehaving\",\"version\":\"1.0.0\",\"steps\":[");
    (void)message;
    for (size_t at = 0; at < HOW_MANY; at++)
        len += (size_t)snprintf(text + len, sizeof text - len,
                                "%s{\"kind\":\"%s\",\"acts\":\"never\",\"shape\":{\"summary\":\"\"}}",
                                at ? "," : "", KINDS[at].kind);
    len += (size_t)snprintf(text + len, sizeof text - len, "]}");
    return answer_with(text, len, answer);
}

static int32_t turn(runsheet_str message, runsheet_buf *answer) {
    for (size_t at = 0; at < HOW_MANY; at++) {
        char quoted[64];
        snprintf(quoted, sizeof quoted, "\"kind\":\"%s\"", KINDS[at].kind);
        if (!has(message, quoted))
            continue;
        if (KINDS[at].turn == changed_question && has(message, "\"answer\""))
            return answer_with(DONE, strlen(DONE), answer);
        if (KINDS[at].turn == changed_later && has(message, "\"answer\""))
            return changed_question(answer);
        return KINDS[at].turn(answer);
    }
    return RUNSHEET_ERROR;
}

static const runsheet_plugin TABLE = {
    .size = sizeof TABLE,
    .minor = RUNSHEET_MINOR,
    .free = release,
    .describe = describe,
    .turn = turn,
};

const runsheet_plugin *runsheet_plugin_v1(const runsheet_host *host) {
    (void)host;
    return &TABLE;
}
