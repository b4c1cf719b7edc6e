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
        say "Dieses System hat kein apt. Installiere selbst, was diesen Paketen entspricht: $*"
    elif ! may_install; then
        say "Diese Systempakete fehlen. Tippe: sudo apt-get install $*"
    else
        say "Ich installiere Systempakete: $*"
        apt_install "$@" && return
        say "apt konnte sie nicht installieren (siehe $log). $(reason "Tippe: apt-get update && apt-get install $*")"
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
        say "Rückgrat braucht Python 3.11 bis 3.14. Installiere eines, oder nenn mir seinen Ort: make PYTHON=/wo/es/liegt/python3 run"
        return 1
    }
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    say "Ich lege eine eigene Umgebung für Python $version an."
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        need_packages "python$version-venv" || return 1
    fi
    logged "$python" -m venv --clear "$1" || {
        say "Die Umgebung für Python ließ sich nicht anlegen. $(reason) Mehr steht am Ende von $log."
        return 1
    }
}

# Installs the packages of the lock file $2 into the environment $1; fails with a sentence.
install_locked() {
    say "Ich installiere Python-Pakete (ein bis drei Minuten)."
    # srt is the one package that is published as source only.
    logged "$1/bin/python" -m pip install --disable-pip-version-check --no-input \
        --require-hashes --only-binary=:all: --no-binary=srt -r "$2" || {
        say "Die Python-Pakete ließen sich nicht installieren. $(reason) Mehr steht am Ende von $log."
        return 1
    }
}

# --- Reasons ---------------------------------------------------------------------------------

# Prints what the end of the log means, and the mend; where it says nothing known, the sentence $1.
reason() {
    case $(tail -n 60 "$log" 2>/dev/null) in
    *"No space left on device"*)
        echo "Der Speicher ist voll. Schaff ein Gigabyte Platz, oder nimm eine größere Karte." ;;
    *"Read-only file system"*)
        echo "Der Datenträger lässt sich nur lesen. Starte das Gerät neu; ist die Karte verbraucht, nimm eine andere." ;;
    *CERTIFICATE_VERIFY_FAILED*)
        echo "Den Zertifikaten im Netz ist nicht zu trauen: Geht die Uhr richtig (tippe: date), und kennst du dieses Netz?" ;;
    *"Temporary failure re"* | *"Name or service not known"* | *"Failed to establish a new connection"* | \
        *"Network is unreachable"* | *"Could not resolve"* | *"Connection refused"* | *"timed out"*)
        echo "Es gibt kein Netz. Verbinde das Gerät mit dem Internet, nur zum Einrichten, und versuch es noch einmal." ;;
    *"DO NOT MATCH THE HASHES"*)
        echo "Etwas kam beschädigt oder verändert an. Versuch es noch einmal; bleibt es so, dann traue diesem Netz nicht." ;;
    *"No matching distribution found"*)
        echo "Für dieses Python ($(uname -m)) gibt es kein fertiges Paket: Nimm das vom System, 3.11 bis 3.13." ;;
    *)
        echo "${1:-}" ;;
    esac
}
