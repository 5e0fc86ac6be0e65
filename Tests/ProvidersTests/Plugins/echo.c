/*
 * A language model in plain C: it answers with the caller's last words, a few bytes at a time, so that characters are
 * cut in half. Some words make it do other things, which is what the tests are about; -D flags build it wrong on
 * purpose.
 */
#include "voice_plugin.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef ECHO_ABI
#define ECHO_ABI VOICE_PLUGIN_ABI
#endif
#ifndef ECHO_FLAGS
#define ECHO_FLAGS 0u
#endif
#ifndef ECHO_SLOTS
#define ECHO_SLOTS VOICE_SLOT_LLM
#endif
#ifndef ECHO_NAME
#define ECHO_NAME "Echo"
#endif
#ifndef ECHO_ENTRY
#define ECHO_ENTRY voice_plugin_entry
#endif
#ifndef ECHO_DESTROY
#define ECHO_DESTROY echo_destroy
#endif
#ifndef ECHO_BUILD
#define ECHO_BUILD "test"
#endif

struct voice_plugin_instance {
    voice_plugin_host host;
    pthread_t thread;
    int has_thread;
    int acts_late;
    uint64_t id;
    char mark[512];
};
typedef struct voice_plugin_instance echo;

#ifdef ECHO_UNDEFINED
__attribute__((visibility("default"))) void nobody_has_this(voice_plugin_instance *self);
#endif

static int32_t act(echo *self, uint32_t action, uint64_t id, const char *text) {
    return self->host.act(self->host.context, action, id, text, strlen(text));
}

static void pause_ms(long milliseconds) {
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
}

/* The last "content" of the messages; good enough for what the tests send. */
static char *last_content(const char *json) {
    const char *key = "\"content\":\"", *start = NULL, *next = json;
    while ((next = strstr(next, key)) != NULL) start = next += strlen(key);
    char *text = calloc(1, strlen(json) + 1), *end = text;
    for (; start != NULL && *start != 0 && *start != '"'; start++) {
        if (*start == '\\' && start[1] != 0) start++;
        *end++ = *start;
    }
    return text;
}

static voice_plugin_instance *echo_create(const void *settings, size_t length, const voice_plugin_host *host) {
    char *text = strndup(settings, length);
    voice_plugin_instance *self = calloc(1, sizeof *self);
    self->host = *host;
    const char *refusal = NULL;
    if (strstr(text, "no_such_setting")) refusal = "{\"class\":\"invalid\",\"message\":\"no setting no_such_setting\"}";
    if (strstr(text, "\"refuse\""))
        refusal = "{\"class\":\"unauthorised\",\"message\":\"the key s3cr3t-key is wrong\"}";
    if (strstr(text, "\"hang\"")) pause_ms(1500);
    if (strstr(text, "s3cr3t-key"))
        act(self, VOICE_ACTION_LOG, 0, "{\"level\":\"info\",\"message\":\"got s3cr3t-key\"}");
    const char *mark = strstr(text, "\"mark\":\"");
    if (mark) sscanf(mark, "\"mark\":\"%511[^\"]", self->mark);
    int is_mute = strstr(text, "\"mute\"") != NULL;
    free(text);
    if (refusal) act(self, VOICE_ACTION_FAIL, 0, refusal);
    if (refusal || is_mute) {
        free(self);
        return NULL;
    }
    return self;
}

/* Three bytes at a time. */
static void say(echo *self, uint64_t id, const char *text) {
    for (size_t at = 0, length = strlen(text); at < length; at += 3) {
        size_t count = length - at < 3 ? length - at : 3;
        if (self->host.act(self->host.context, VOICE_ACTION_TOKEN, id, text + at, count) == VOICE_ACT_STOP) return;
    }
    act(self, VOICE_ACTION_DONE, id, "");
}

/* On a thread of its own: tokens until nobody wants them any more. */
static void *chatter(void *argument) {
    echo *self = argument;
    struct timespec time = {0, 50000};
    while (act(self, VOICE_ACTION_TOKEN, self->id, "na ") == VOICE_ACT_OK) nanosleep(&time, NULL);
    return NULL;
}

static void *act_late(void *argument) {
    voice_plugin_host host = *(voice_plugin_host *)argument;
    free(argument);
    pause_ms(50);
    host.act(host.context, VOICE_ACTION_LOG, 0, "{\"level\":\"error\",\"message\":\"I am still here\"}", 47);
    return NULL;
}

static void generate(echo *self, uint64_t id, const char *text) {
    if (strcmp(text, "fail") == 0) {
        act(self, VOICE_ACTION_FAIL, id, "{\"class\":\"throttled\",\"message\":\"too much\",\"retry_after_ms\":1500}");
    } else if (strcmp(text, "leave half a character") == 0) {
        act(self, VOICE_ACTION_TOKEN, id, "a\xC3");
        act(self, VOICE_ACTION_DONE, id, "{}");
    } else if (strcmp(text, "die") == 0) {
        act(self, VOICE_ACTION_FAIL, 0, "{\"class\":\"vendor\",\"message\":\"out of order\"}");
    } else if (strcmp(text, "nonsense") == 0) {
        act(self, 0x9999, id, "");
        act(self, VOICE_ACTION_PCM, id, "xx");
        act(self, VOICE_ACTION_FAIL, id, "not json");
        act(self, VOICE_ACTION_SET_TIMER, id, "-1");
        act(self, VOICE_ACTION_SET_TIMER, 0, "1");
        act(self, VOICE_ACTION_LOG, id, "{\"level\":\"loud\",\"message\":\"\"}");
        self->host.act(self->host.context, VOICE_ACTION_TOKEN, id, NULL, 5);
        act(self, VOICE_ACTION_TOKEN, id + 1, "for nobody");
        act(self, VOICE_ACTION_DONE, id, "");
        act(self, VOICE_ACTION_TOKEN, id, "after the end");
        act(self, VOICE_ACTION_DONE, id, "");
    } else if (strcmp(text, "timer") == 0) {
        act(self, VOICE_ACTION_SET_TIMER, id, "3600000");
        act(self, VOICE_ACTION_SET_TIMER, id, "5");
    } else if (strcmp(text, "long timer") == 0) {
        act(self, VOICE_ACTION_SET_TIMER, id, "30");
        act(self, VOICE_ACTION_TOKEN, id, "set");
    } else if (strcmp(text, "block") == 0) {
        act(self, VOICE_ACTION_TOKEN, id, "in");
        while (act(self, VOICE_ACTION_IS_WANTED, id, "") == VOICE_ACT_OK) pause_ms(1);
        act(self, VOICE_ACTION_TOKEN, id, "after the cancel");
    } else if (strcmp(text, "slow") == 0) {
        pause_ms(200);
        say(self, id, text);
    } else if (strcmp(text, "chatter") == 0 && !self->has_thread) {
        self->id = id;
        self->has_thread = pthread_create(&self->thread, NULL, chatter, self) == 0;
    } else if (strcmp(text, "act late") == 0) {
        self->acts_late = 1;
        say(self, id, text);
    } else {
        say(self, id, text);
    }
}

static void echo_handle(voice_plugin_instance *self, uint32_t event, uint64_t id, const void *bytes, size_t length) {
    if (event == VOICE_EVENT_TIMER) say(self, id, "tick");
    if (event == VOICE_EVENT_CANCEL) act(self, VOICE_ACTION_LOG, 0, "{\"level\":\"debug\",\"message\":\"cancelled\"}");
    if (event != VOICE_EVENT_GENERATE) return;
    char *json = length ? strndup(bytes, length) : calloc(1, 1);
    char *text = last_content(json);
    generate(self, id, text);
    free(text);
    free(json);
}

static void echo_destroy(voice_plugin_instance *self) {
    /* A file that tells the test. */
    if (self->mark[0] != 0) fclose(fopen(self->mark, "w"));
    if (self->has_thread) pthread_join(self->thread, NULL);
    if (self->acts_late) {
        voice_plugin_host *copy = malloc(sizeof *copy);
        *copy = self->host;
        pthread_t thread;
        if (pthread_create(&thread, NULL, act_late, copy) == 0) pthread_detach(thread);
    }
    free(self);
}

__attribute__((visibility("default"))) const voice_plugin_descriptor *ECHO_ENTRY(uint32_t host_abi) {
    static const voice_plugin_descriptor descriptor = {
        ECHO_ABI, ECHO_SLOTS, ECHO_FLAGS, 0, ECHO_NAME, "1.2.3", ECHO_BUILD, echo_create, echo_handle, ECHO_DESTROY};
    (void)host_abi;
#ifdef ECHO_SPEECHLESS
    return NULL;
#endif
    return &descriptor;
}
