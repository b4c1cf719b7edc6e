# shellcheck shell=bash
# Versions of Rückgrat side by side, for install.sh and update.sh. Sourced after lib.sh.
#
#   /opt/rueckgrat/versions/0.1.0-1a2b3c4d   app, venv, and the file `complete` once it is whole
#   /opt/rueckgrat/current, previous         links to the one in use, and to the one before
#   /var/lib/rueckgrat                       config, data, cache: the person's own, never overwritten
#
# ROOT, for tests, is put before every path; `dry_run=yes` only says what would be done.

: "${teller:?}" "${log:?}" "${dry_run:?}"

root=${ROOT:-}
user=rueckgrat
opt=$root/opt/rueckgrat
state=$root/var/lib/rueckgrat
unit=$root/etc/systemd/system/rueckgrat.service
back_off=$unit.d/back-off.conf
command=$root/usr/local/bin/rueckgrat

# What a version consists of, in a checkout and in a release archive alike.
shipped=(main.py rueckgrat skill dialogs models/rueckgrat-small-de deploy docs/raspberry-pi.md docs/de
    requirements.lock requirements-natural.lock requirements-home.lock pyproject.toml README.md README.de.md LICENSE)

report=$root/var/log/rueckgrat-doctor.json
doctor_patience_seconds=300
needed_megabytes=700 # a version takes 300 with its Python packages; pip unpacks in between

# Says $1, and does the rest of the line unless this is a dry run.
step() {
    say "$1"
    shift
    [ "$dry_run" = yes ] || "$@"
}

# --- The machine -----------------------------------------------------------------------------

# Ends with one sentence where the machine cannot run the trainer, or cannot be written to.
check_machine() {
    command -v apt-get >/dev/null ||
        fail "Dieses System hat kein apt, es ist also weder Raspberry Pi OS noch Debian oder Ubuntu. Ohne Dienst geht es trotzdem: make run, siehe README.de.md."
    check_processor
    check_python
    check_writable "$opt"
    check_writable "$state"
    check_writable "$unit"
    check_space
    ls "$root"/proc/asound/card*/pcm*c >/dev/null 2>&1 ||
        say "Achtung: Noch gibt es keine Soundkarte mit Mikrofon. Steck sie ein, wann du magst: Der Trainer wartet darauf."
}

check_processor() {
    local architecture
    architecture=$(dpkg --print-architecture)
    case $architecture in
    amd64 | arm64) ;;
    armhf | armel | i386)
        fail "Dieses System arbeitet mit 32 Bit ($architecture), die Spracherkennung braucht 64. Spiel das 64-Bit-System auf: 'Raspberry Pi OS Lite (64-bit)'." ;;
    *)
        fail "Für diesen Prozessor ($architecture) gibt es keine Spracherkennung, nur für ARM mit 64 Bit und PC. Nimm einen Raspberry Pi oder einen PC." ;;
    esac
}

# The system's own Python: one from a person's home would be out of the service's sight.
system_python() { PYTHON='' PYENV_ROOT=/nowhere find_python; }

check_python() {
    if ! command -v python3 >/dev/null || system_python >/dev/null ||
        apt-cache show python3.11 >/dev/null 2>&1; then return; fi
    fail "Dieses System hat Python $(python3 -c 'import platform; print(platform.python_version())'), ich brauche 3.11 bis 3.14. Raspberry Pi OS und Debian haben es seit Version 12 (bookworm): Spiel das System neu auf."
}

# The folder that is there already: $1, or the one that it will be made in.
nearest_folder() {
    local folder=$1
    until [ -d "$folder" ]; do folder=$(dirname "$folder"); done
    echo "$folder"
}

check_writable() {
    local folder probe
    folder=$(nearest_folder "$1")
    if [ "$dry_run" = yes ] && [ "$(id -u)" != 0 ]; then return; fi
    probe=$folder/.rueckgrat-probe
    { : >"$probe"; } 2>/dev/null ||
        fail "In $folder kann ich nichts schreiben: Der Datenträger ist voll, oder er lässt sich nur lesen. Schaff Platz; schalte auf einem Raspberry Pi das Overlay-Dateisystem aus (raspi-config, Performance); nimm für eine verbrauchte Karte eine andere."
    rm -f "$probe"
}

check_space() {
    local folder free
    folder=$(nearest_folder "$opt")
    free=$(df --output=avail -m "$folder" | tail -n 1)
    [ "$free" -ge "$needed_megabytes" ] ||
        fail "Für $folder sind noch $((free)) MB frei, und ich brauche eine Zeit lang $needed_megabytes. Schaff Platz (sudo apt-get clean), oder nimm eine größere Karte."
}

systemd_runs() { [ -d "$root/run/systemd/system" ]; }

# --- A version -------------------------------------------------------------------------------

# The name of the version in the folder $1: its number, and a checksum over its files.
version_of() (
    cd "$1" || exit
    number=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
    sum=$(find "${shipped[@]}" -type f ! -path '*/__pycache__/*' -print0 | LC_ALL=C sort -z |
        xargs -0 sha256sum | sha256sum)
    echo "$number-${sum:0:8}"
)

# Fails with a sentence where the folder $1 is not the whole of a version.
check_source() {
    local path
    for path in "${shipped[@]}"; do
        [ -e "$1/$path" ] ||
            fail "'$1' ist kein ganzes Rückgrat: $path fehlt. Lade es noch einmal herunter."
    done
}

current_version() { if [ -L "$opt/$1" ]; then basename "$(readlink "$opt/$1")"; fi; }

is_complete() { [ -e "$opt/versions/$1/complete" ] && suits "$opt/versions/$1/venv/bin/python"; }

install_packages() {
    local missing
    # shellcheck disable=SC2046 # one word per package
    missing=$(missing_of $(packages_to_run) python3 python3-venv)
    # shellcheck disable=SC2086
    if [ -n "$missing" ]; then
        if [ "$dry_run" = yes ]; then
            say "Ich installiere Systempakete: ${missing//$'\n'/ }"
        else
            need_packages $missing || exit 2
        fi
    fi
}

# Lays the version of the folder $1 beside the others; does nothing where it is there already.
stage() {
    local version folder
    version=$(version_of "$1")
    folder=$opt/versions/$version
    if is_complete "$version"; then return; fi
    step "Ich kopiere Rückgrat $version mit seinem Sprachmodell nach $folder." copy_version "$1" "$folder"
    step "Ich hole, was es an Python braucht (etwa 150 MB aus dem Netz)." equip "$folder"
}

copy_version() {
    rm -rf "$2"
    mkdir -p "$2/app"
    tar -C "$1" -c --exclude=__pycache__ "${shipped[@]}" | tar -C "$2/app" -x --no-same-owner || {
        rm -rf "$2"
        fail "Nach $2 ließ sich Rückgrat nicht kopieren. Ist der Speicher voll?"
    }
    chmod -R u=rwX,go=rX "$2"
}

equip() {
    if ! PYTHON='' PYENV_ROOT=/nowhere make_environment "$1/venv" ||
        ! install_locked "$1/venv" "$1/app/requirements.lock"; then
        rm -rf "$1"
        exit 2
    fi
    # Nothing compiles later: the service cannot write here.
    logged "$1/venv/bin/python" -m compileall -q "$1/app" || true
    # Whoever had a natural voice, or the page, keeps it.
    local extra
    for extra in natural home; do
        if [ -e "$opt/current/$extra" ]; then equip_for $extra "$1" || true; fi
    done
    : >"$1/complete"
    sync -f "$1"
}

# Adds what natural voices ($1: natural), or the page and Home Assistant (home) need to the version of
# the folder $2; fails with a sentence.
equip_for() {
    if [ -e "$2/$1" ]; then return; fi
    install_locked "$2/venv" "$2/app/requirements-$1.lock" || return 1
    : >"$2/$1"
    sync -f "$2"
}

# Does $@ with the program of the current version, as the service would run.
as_service() {
    local app=$opt/current
    (cd / && exec runuser -u "$user" -- env HOME="$state" RUECKGRAT_HOME="$state" \
        PYTHONDONTWRITEBYTECODE=1 "$app/venv/bin/python" "$app/app/main.py" "$@") >&2
}

# Makes $2 the version that $1 (current, previous) leads to, in one step.
link() {
    ln -sfn "versions/$2" "$opt/$1.new"
    mv -T "$opt/$1.new" "$opt/$1"
}

# Removes all versions but the current and the previous one.
tidy() {
    local folder name
    for folder in "$opt"/versions/*; do
        name=$(basename "$folder")
        case $name in
        "$(current_version current)" | "$(current_version previous)") ;;
        *) step "Ich entferne die alte Version $name." rm -rf "$folder" ;;
        esac
    done
}

# --- What lies outside of /opt ---------------------------------------------------------------

# Puts command and service of the version $1 into place; does nothing where they are.
place() {
    local from=$opt/versions/$1/app/deploy
    if [ "$dry_run" = no ] && cmp -s "$from/rueckgrat.service" "$unit" &&
        cmp -s "$from/rueckgrat" "$command"; then return; fi
    step "Ich lege den Befehl rueckgrat und den Dienst rueckgrat.service an ihren Platz." place_files "$from"
}

place_files() {
    mkdir -p "$(dirname "$unit")" "$(dirname "$command")"
    install -m 644 "$1/rueckgrat.service" "$unit"
    install -m 755 "$1/rueckgrat" "$command"
    if [ "$(systemd_version)" -ge 254 ]; then
        mkdir -p "$unit.d"
        printf '[Service]\nRestartSteps=5\nRestartMaxDelaySec=2min\n' >"$back_off"
    fi
    if systemd_runs; then logged systemctl daemon-reload; fi
}

systemd_version() {
    local said
    said=$(systemctl --version 2>/dev/null | sed -n '1s/^systemd \([0-9]*\).*/\1/p')
    echo "${said:-0}"
}

# Asks the doctor of the version $1, as the service would run; its report goes to $report. Without
# sound: an update at night wakes nobody, and an unplugged speakerphone is no fault of the version's.
is_healthy() {
    local app=$opt/versions/$1
    (cd / && timeout "$doctor_patience_seconds" runuser -u "$user" -- env HOME="$state" \
        RUECKGRAT_HOME="$state" PYTHONDONTWRITEBYTECODE=1 \
        "$app/venv/bin/python" "$app/app/main.py" doctor --json --no-sound) >"$report" 2>>"$log" </dev/null
}
