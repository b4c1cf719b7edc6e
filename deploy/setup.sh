#!/usr/bin/env bash
# Sets up what Rückgrat needs: system packages, a virtual environment, the locked Python packages.
#
#   deploy/setup.sh run     what training needs
#   deploy/setup.sh test    what the tests need on top of that
#   deploy/setup.sh model   system packages of the speech model's recipe, too
#
# Run again it does nothing: stamps in the environment remember what is there. PYTHON names another
# interpreter, LOG another place for what apt and pip print.
set -euo pipefail
cd "$(dirname "$0")/.."

goal=${1:-run}
venv=.venv
log=${LOG:-out/setup.log}
case $goal in
run) lock=requirements.lock ;;
test | model) lock=requirements-dev.lock ;;
*)
    echo "usage: deploy/setup.sh run|test|model" >&2
    exit 2
    ;;
esac

say() { printf 'set-up: %s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 2
}

logged() { "$@" >>"$log" 2>&1 </dev/null; }

# --- Which system packages -------------------------------------------------------------------

wanted_packages() {
    echo libportaudio2 espeak-ng
    # libvosk on 64-bit ARM is linked against it, but does not bring it along.
    if [ "$(uname -m)" = aarch64 ]; then echo libatomic1; fi
    if [ "$goal" = test ]; then echo pulseaudio pulseaudio-utils libasound2-plugins; fi
    if [ "$goal" = model ]; then echo libfst-tools; fi
}

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing_packages() {
    local package
    for package in $(wanted_packages); do
        is_installed "$package" || echo "$package"
    done
}

apt_install() {
    local become=()
    if [ "$(id -u)" != 0 ]; then become=(sudo -n); fi
    local install=("${become[@]}" env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l
        apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=120 "$@")
    # The lists of a new machine are empty or stale; a broken foreign source must not stop us.
    logged "${install[@]}" || {
        logged "${become[@]}" apt-get update || true
        logged "${install[@]}"
    }
}

may_install() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }

# Installs the named packages, or says in one sentence what to type; fails when they are not there.
need_packages() {
    if ! command -v apt-get >/dev/null; then
        say "This system has no apt. Install the equivalents of these packages yourself: $*"
    elif ! may_install; then
        say "These system packages are missing. Type: sudo apt-get install $*"
    else
        say "installing system packages: $*"
        apt_install "$@" && return
        say "apt could not install them (see $log). Type: apt-get update && apt-get install $*"
    fi
    return 1
}

# --- Which Python ----------------------------------------------------------------------------

suits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
}

find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[1234].*/bin/python3; do
        if suits "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

find_or_install_python() {
    find_python && return
    if ! command -v python3 >/dev/null; then
        need_packages python3 python3-venv && find_python
    else
        # Ubuntu 22.04: python3 is 3.10, and 3.11 lies beside it.
        need_packages python3.11 python3.11-venv && find_python
    fi
}

make_environment() {
    local python version
    python=$(find_or_install_python) ||
        fail "Rückgrat needs Python 3.11 to 3.14. Install one, or name it: make PYTHON=/path/to/python3 run"
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    say "making the virtual environment with Python $version"
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        need_packages "python$version-venv" || exit 2
    fi
    logged "$python" -m venv --clear "$venv" ||
        fail "The virtual environment could not be made. The reason is at the end of $log."
}

install_locked() {
    say "installing Python packages (one to three minutes)"
    # srt is the one package that is published as source only.
    logged "$venv/bin/python" -m pip install --disable-pip-version-check --no-input \
        --require-hashes --only-binary=:all: --no-binary=srt -r "$lock" ||
        fail "The Python packages could not be installed: is there a network? The reason is at the end of $log."
}

# --- Stamps ----------------------------------------------------------------------------------

stamp_of() { cksum <"$1"; }
is_stamped() { [ -x $venv/bin/python ] && [ "$(cat "$venv/stamp-$1" 2>/dev/null)" = "$2" ]; }

packages_ready() { is_stamped "$lock" "$(stamp_of "$lock")"; }
system_ready() { is_stamped "system-$goal" "$(wanted_packages)"; }

if packages_ready && system_ready; then exit 0; fi

if ! { mkdir -p "$(dirname "$log")" && : >"$log"; } 2>/dev/null; then
    fail "Nothing can be written to $PWD. Make the folder writable, or copy it to where you may write."
fi

if ! { [ -x $venv/bin/python ] && suits $venv/bin/python; }; then make_environment; fi
if ! packages_ready; then
    install_locked
    stamp_of "$lock" >"$venv/stamp-$lock"
    # What the tests need holds all that training needs.
    stamp_of requirements.lock >$venv/stamp-requirements.lock
fi

missing=$(missing_packages)
# shellcheck disable=SC2086 # one word per package
if [ -z "$missing" ] || need_packages $missing; then
    wanted_packages >"$venv/stamp-system-$goal"
    say "done"
fi
