/* Freezes the layout of every published struct: an edit that moves a member does not compile. */
#include "voice_plugin.h"

#define AT(type, member, offset) \
    _Static_assert(offsetof(type, member) == (offset), #type "." #member " has moved: published structs never change")

_Static_assert(sizeof(void *) == 8, "voiced plugins are 64-bit");
_Static_assert(sizeof(voice_plugin_host) == 16, "voice_plugin_host has grown: published structs never change");
_Static_assert(sizeof(voice_plugin_descriptor) == 64, "voice_plugin_descriptor has grown: published structs never change");
AT(voice_plugin_host, context, 0);
AT(voice_plugin_host, act, 8);
AT(voice_plugin_descriptor, abi, 0);
AT(voice_plugin_descriptor, slots, 4);
AT(voice_plugin_descriptor, flags, 8);
AT(voice_plugin_descriptor, reserved, 12);
AT(voice_plugin_descriptor, name, 16);
AT(voice_plugin_descriptor, version, 24);
AT(voice_plugin_descriptor, build_id, 32);
AT(voice_plugin_descriptor, create, 40);
AT(voice_plugin_descriptor, handle, 48);
AT(voice_plugin_descriptor, destroy, 56);
