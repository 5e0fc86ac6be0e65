#!/usr/bin/env bash
# Installs the Debian packages voiced needs, if any is missing. Idempotent: with everything there it only looks.
#   Scripts/setup.sh         what building and running needs
#   Scripts/setup.sh test    also what the tests need
set -euo pipefail

packages=(
    libwebsockets-dev libuv1-dev libcurl4-openssl-dev # the network
    libncurses-dev                                    # the dashboard
    libpocketsphinx-dev pocketsphinx-en-us flite1-dev # local speech
    libspeexdsp-dev libwebrtc-audio-processing-dev    # resampling, voice activity
    gcc make git
)
if [[ "${1:-}" == test ]]; then
    packages+=(tmux chromium fonts-dejavu-core python3-venv pocketsphinx-testdata alsa-utils flite sox)
fi

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
done
if ((${#missing[@]})); then
    install="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
    if ((EUID == 0)); then
        as_root=()
    elif sudo -n true 2>/dev/null || { [[ -t 0 ]] && command -v sudo >/dev/null; }; then
        as_root=(sudo)
    else
        echo "setup: these Debian packages are missing: ${missing[*]}" >&2
        echo "setup: as root, type:  $install" >&2
        exit 1
    fi
    echo "setup: installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! command -v swift >/dev/null; then
    echo "setup: there is no Swift toolchain. Install Swift 6.3 or newer from https://www.swift.org/install/linux" >&2
    exit 1
fi
