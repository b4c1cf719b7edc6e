# shellcheck shell=bash
# What setting up a checkout (setup.sh) and installing a speaker (install.sh) share: sentences, system
# packages, Python. Sourced; the caller sets `teller` (who speaks) and `log` (where apt and pip print).

: "${teller:?}" "${log:?}"

say() { printf '%s: %s\n' "$teller" "$*" >&2; }

fail() {
    say "$*"
    exit 2
}

logged() { "$@" >>"$log" 2>&1 </dev/null; }

# --- System packages -------------------------------------------------------------------------

# What training needs.
packages_to_run() {
    echo libportaudio2 espeak-ng
    # libvosk on 64-bit ARM is linked against it, but does not bring it along.
    if [ "$(uname -m)" = aarch64 ]; then echo libatomic1; fi
}

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Prints those of the named packages that are not installed.
missing_of() {
    local package
    for package in "$@"; do
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
        say "apt could not install them (see $log). $(reason "Type: apt-get update && apt-get install $*")"
    fi
    return 1
}

# --- Python ----------------------------------------------------------------------------------

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

# Makes the virtual environment $1, with a Python that it finds or installs; fails with a sentence.
make_environment() {
    local python version
    python=$(find_or_install_python) || {
        say "Rückgrat needs Python 3.11 to 3.14. Install one, or name it: make PYTHON=/path/to/python3 run"
        return 1
    }
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    say "making the virtual environment with Python $version"
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        need_packages "python$version-venv" || return 1
    fi
    logged "$python" -m venv --clear "$1" || {
        say "The virtual environment could not be made. $(reason) The end of $log says more."
        return 1
    }
}

# Installs the packages of the lock file $2 into the environment $1; fails with a sentence.
install_locked() {
    say "installing Python packages (one to three minutes)"
    # srt is the one package that is published as source only.
    logged "$1/bin/python" -m pip install --disable-pip-version-check --no-input \
        --require-hashes --only-binary=:all: --no-binary=srt -r "$2" || {
        say "The Python packages could not be installed. $(reason) The end of $log says more."
        return 1
    }
}

# --- Reasons ---------------------------------------------------------------------------------

# Prints what the end of the log means, and the mend; where it says nothing known, the sentence $1.
reason() {
    case $(tail -n 60 "$log" 2>/dev/null) in
    *"No space left on device"*)
        echo "The disk is full. Free a gigabyte, or use a larger card." ;;
    *"Read-only file system"*)
        echo "The disk cannot be written to. Start the machine anew; a card that is worn out must be replaced." ;;
    *CERTIFICATE_VERIFY_FAILED*)
        echo "The network's certificates don't hold: is the clock right (type: date), and this network one to trust?" ;;
    *"Temporary failure re"* | *"Name or service not known"* | *"Failed to establish a new connection"* | \
        *"Network is unreachable"* | *"Could not resolve"* | *"Connection refused"* | *"timed out"*)
        echo "There is no network. Connect the machine to the internet, for the installation only, and try again." ;;
    *"DO NOT MATCH THE HASHES"*)
        echo "A download came in damaged or changed. Try again; if it stays so, don't trust this network." ;;
    *"No matching distribution found"*)
        echo "There is no ready-built package for this Python ($(uname -m)): use the system's own, 3.11 to 3.13." ;;
    *)
        echo "${1:-}" ;;
    esac
}
