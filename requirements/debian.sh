#!/bin/sh
# Install the Debian packages that the tests use, where this user may. Never fails: the tests skip without them.
set -u
packages="chromium"
command -v apt-get >/dev/null || { echo "tests: no apt-get here; those that need $packages will skip"; exit 0; }
if [ "$(id -u)" = 0 ]; then as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root="sudo -n"
else echo "tests: this user may not install $packages; those that need it will skip"; exit 0
fi
export DEBIAN_FRONTEND=noninteractive
echo "tests: installing $packages"
{ $as_root apt-get update && $as_root apt-get install --yes --no-install-recommends $packages; } >/dev/null 2>&1 </dev/null ||
  echo "tests: $packages could not be installed; those that need it will skip"
exit 0
