/* A memory that keeps the contract, unless a -D flag makes it break one rule of it. */
#include "voice_plugin.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct voice_plugin_instance {
    voice_plugin_host host;
    uint64_t last;
};
typedef struct voice_plugin_instance bad;

static int32_t act(bad *self, uint32_t action, uint64_t id, const char *text) {
    return self->host.act(self->host.context, action, id, text, strlen(text));
}

static void pause_ms(long milliseconds) {
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static voice_plugin_instance *bad_create(const void *settings, size_t length, const voice_plugin_host *host) {
    bad *self = calloc(1, sizeof *self);
    self->host = *host;
    (void)settings;
    (void)length;
#ifndef BAD_TAKES_ANYTHING
    char *text = strndup(settings, length);
    int is_unknown = strstr(text, "no_such_setting") != NULL;
    free(text);
    if (is_unknown) {
        act(self, VOICE_ACTION_FAIL, 0, "{\"class\":\"invalid\",\"message\":\"no setting no_such_setting\"}");
        free(self);
        return NULL;
    }
#endif
    return self;
}

static void answer(bad *self, uint64_t id) {
#ifndef BAD_MUTE
    act(self, VOICE_ACTION_CONTEXT, id, "{\"messages\":[]}");
#endif
    act(self, VOICE_ACTION_DONE, id, "");
}

static void bad_handle(voice_plugin_instance *self, uint32_t event, uint64_t id, const void *bytes, size_t length) {
    (void)bytes;
    (void)length;
#ifdef BAD_ANSWERS_ALL
    if (id != 0 && event != VOICE_EVENT_CANCEL && event != VOICE_EVENT_RECALL) answer(self, id);
#endif
#ifdef BAD_DEAF
    /* Goes on with the request before, whatever was said about it. */
    if (event == VOICE_EVENT_RECALL && self->last != 0) answer(self, self->last);
    self->last = event == VOICE_EVENT_RECALL ? id : self->last;
#endif
    if (event != VOICE_EVENT_RECALL) return;
#ifdef BAD_SILENT
    return;
#endif
#ifdef BAD_SLOW
    pause_ms(150);
#endif
#ifdef BAD_HANGS
    pause_ms(700);
#endif
    answer(self, id);
#ifdef BAD_TWICE
    act(self, VOICE_ACTION_DONE, id, "");
#endif
}

static void *act_late(void *argument) {
    bad *self = argument;
    pause_ms(20);
    act(self, VOICE_ACTION_LOG, 0, "{\"level\":\"info\",\"message\":\"still here\"}");
    free(self);
    return NULL;
}

static void bad_destroy(voice_plugin_instance *self) {
#ifdef BAD_LATE
    pthread_t thread;
    if (pthread_create(&thread, NULL, act_late, self) == 0) pthread_detach(thread);
#else
    (void)act_late;
    free(self);
#endif
    (void)pause_ms;
}

__attribute__((visibility("default"))) const voice_plugin_descriptor *voice_plugin_entry(uint32_t host_abi) {
    static const voice_plugin_descriptor descriptor = {VOICE_PLUGIN_ABI, VOICE_SLOT_MEMORY, 0, 0, "Bad", "0", "",
                                                       bad_create, bad_handle, bad_destroy};
    (void)host_abi;
    return &descriptor;
}
