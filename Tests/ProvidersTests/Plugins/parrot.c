/*
 * The three other slots in plain C: hears how many samples came, speaks one sample for each byte, and remembers the
 * last text. What it is told may make it misbehave, or wait until nobody wants the request any more.
 */
#include "voice_plugin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef PARROT_FLAGS
#define PARROT_FLAGS 0u
#endif

struct voice_plugin_instance {
    voice_plugin_host host;
    size_t samples;
    size_t frames;
    int first;
    char memory[4096];
};
typedef struct voice_plugin_instance parrot;

static int32_t act(parrot *self, uint32_t action, uint64_t id, const char *text) {
    return self->host.act(self->host.context, action, id, text, strlen(text));
}

static voice_plugin_instance *parrot_create(const void *settings, size_t length, const voice_plugin_host *host) {
    char *text = strndup(settings, length);
    voice_plugin_instance *self = calloc(1, sizeof *self);
    self->host = *host;
    if (strstr(text, "no_such_setting")) {
        act(self, VOICE_ACTION_FAIL, 0, "{\"class\":\"invalid\",\"message\":\"no setting no_such_setting\"}");
        free(self);
        self = NULL;
    }
    free(text);
    return self;
}

static void wait_until_unwanted(parrot *self, uint64_t id) {
    struct timespec time = {0, 1000000};
    while (act(self, VOICE_ACTION_IS_WANTED, id, "") == VOICE_ACT_OK) nanosleep(&time, NULL);
}

static void speak(parrot *self, uint64_t id, const char *json) {
    if (strstr(json, "without format")) {
        self->host.act(self->host.context, VOICE_ACTION_PCM, id, "aabb", 4);
        act(self, VOICE_ACTION_DONE, id, "");
        return;
    }
    if (strstr(json, "strange format")) act(self, VOICE_ACTION_FORMAT, id, "{\"sample_rate\":7999}");
    act(self, VOICE_ACTION_FORMAT, id, "{\"sample_rate\":8000}");
    if (strstr(json, "odd")) self->host.act(self->host.context, VOICE_ACTION_PCM, id, "abc", 3);
    if (strstr(json, "wait")) wait_until_unwanted(self, id);
    int16_t samples[256];
    for (int i = 0; i < 256; i++) samples[i] = (int16_t)(i - 128);
    size_t left = strlen(json);
    while (left > 0) {
        size_t count = left < 256 ? left : 256;
        if (self->host.act(self->host.context, VOICE_ACTION_PCM, id, samples, count * 2) == VOICE_ACT_STOP) return;
        left -= count;
    }
    act(self, VOICE_ACTION_DONE, id, "");
}

static void report(parrot *self, uint64_t id, uint32_t action, const char *more) {
    char text[256];
    const char *format = "{\"text\":\"%zu samples in %zu from %d\"%s}";
    snprintf(text, sizeof text, format, self->samples, self->frames, self->first, more);
    act(self, action, id, text);
}

static void remember(parrot *self, const char *json) {
    const char *key = "\"text\":\"", *start = strstr(json, key);
    if (start == NULL) return;
    start += strlen(key);
    size_t length = strcspn(start, "\"");
    if (length >= sizeof self->memory) length = sizeof self->memory - 1;
    memcpy(self->memory, start, length);
    self->memory[length] = 0;
}

static void recall(parrot *self, uint64_t id) {
    char text[8192];
    snprintf(text, sizeof text, "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}", self->memory);
    act(self, VOICE_ACTION_CONTEXT, id, text);
    act(self, VOICE_ACTION_DONE, id, "");
}

static void parrot_handle(voice_plugin_instance *self, uint32_t event, uint64_t id, const void *bytes, size_t length) {
    char *json = length ? strndup(bytes, length) : calloc(1, 1);
    switch (event) {
    case VOICE_EVENT_AUDIO:
        if (self->frames == 0 && length >= 2) self->first = ((const int16_t *)bytes)[0];
        self->samples += length / 2;
        self->frames += 1;
        break;
    case VOICE_EVENT_SPEECH_STARTED:
        act(self, VOICE_ACTION_INTERIM, id, "{\"text\":\"started\"}");
        /* Holds its thread until the test lets go of the request 2. */
        if (strstr(json, "4242")) wait_until_unwanted(self, 2);
        break;
    case VOICE_EVENT_SPEECH_ENDED:
        if (strstr(json, "1313")) act(self, VOICE_ACTION_DONE, id, "");
        report(self, id, VOICE_ACTION_FINAL,
               ",\"finalized\":true,\"words\":[{\"word\":\"samples\",\"start_ms\":10,\"end_ms\":20}]");
        break;
    case VOICE_EVENT_SPEAK: speak(self, id, json); break;
    case VOICE_EVENT_REMEMBER: remember(self, json); break;
    case VOICE_EVENT_FORGET: self->memory[0] = 0; break;
    case VOICE_EVENT_RECALL: recall(self, id); break;
    }
    free(json);
}

static void parrot_destroy(voice_plugin_instance *self) { free(self); }

__attribute__((visibility("default"))) const voice_plugin_descriptor *voice_plugin_entry(uint32_t host_abi) {
    static const voice_plugin_descriptor descriptor = {
        VOICE_PLUGIN_ABI, VOICE_SLOT_STT | VOICE_SLOT_TTS | VOICE_SLOT_MEMORY, PARROT_FLAGS, 0,
        "Parrot", "0.1", "", parrot_create, parrot_handle, parrot_destroy};
    (void)host_abi;
    return &descriptor;
}
