#!/usr/bin/env bash
# Makes this machine a voice trainer that is there day and night.
#
#   sudo deploy/install.sh               richtet Rückgrat ein, oder bringt es auf den neuen Stand
#   sudo deploy/install.sh --voice thorsten   dazu eine natürliche Stimme; auch später
#   sudo deploy/install.sh --page        dazu die Seite zum Mitschauen, und was Home Assistant braucht
#   deploy/install.sh --dry-run          sagt nur, was es tun würde
#   sudo deploy/install.sh --uninstall   entfernt es; Einstellungen und Verlauf bleiben (mit --purge nicht)
#
# From a checkout or an unpacked release. Run again it does nothing that is done already.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)

usage() {
    sed -n '4,8s/^# *//p' "$0" >&2
    exit 2
}

dry_run=no
goal=install
purge=no
voice=
page=no
voice_is_new=no
page_is_new=no
arguments=("$@")
while [ $# != 0 ]; do
    case $1 in
    --dry-run) dry_run=yes ;;
    --uninstall) goal=uninstall ;;
    --purge) purge=yes ;;
    --page) page=yes ;;
    --voice)
        voice=${2:-}
        case $voice in '' | -*) usage ;; esac
        shift
        ;;
    *) usage ;;
    esac
    shift
done
if [ $purge = yes ] && [ $goal = install ]; then usage; fi
if [ $goal = uninstall ] && { [ -n "$voice" ] || [ $page = yes ]; }; then usage; fi

teller=Installation
log=${ROOT:-}/var/log/rueckgrat-install.log
# shellcheck source=deploy/lib.sh
. "$here/deploy/lib.sh"
# shellcheck source=deploy/versions.sh
. "$here/deploy/versions.sh"

if [ -n "$voice" ]; then needed_megabytes=$((needed_megabytes + 600)); fi # Piper, a voice, its lines

settings_link=$root/etc/rueckgrat
boot_link=$root/etc/systemd/system/multi-user.target.wants/rueckgrat.service

# --- Installing ------------------------------------------------------------------------------

make_user() {
    local group
    if ! getent passwd "$user" >/dev/null; then
        step "Ich lege den Benutzer $user an, mit dem sich niemand anmelden kann." logged useradd --system \
            --user-group --home-dir /var/lib/rueckgrat --no-create-home --shell /usr/sbin/nologin "$user"
    fi
    for group in audio gpio; do
        if getent group $group >/dev/null && ! is_member $group; then
            step "Er darf jetzt auch: ${group}." logged usermod --append --groups $group "$user"
        fi
    done
}

is_member() {
    case " $(id -nG "$user" 2>/dev/null) " in *" $1 "*) return 0 ;; *) return 1 ;; esac
}

make_state() {
    if [ ! -d "$state/config" ]; then
        step "Ich lege $state an, für Einstellungen und Verlauf." make_state_folders
    fi
    if [ ! -e "$state/config/settings.toml" ]; then
        step "Ich schreibe die Einstellungen: $state/config/settings.toml" write_settings
    fi
    if [ ! -L "$settings_link" ]; then
        step "Dorthin führt auch $settings_link." ln -sn /var/lib/rueckgrat/config "$settings_link"
    fi
}

make_state_folders() {
    install -d -o "$user" -g "$user" -m 750 "$state" "$state/config" "$state/data" "$state/cache"
}

write_settings() {
    local card
    card=$(only_speakerphone)
    {
        echo "# Einstellungen von Rückgrat, in jeder Zeile eine. Was es gibt, sagt: rueckgrat train --help"
        echo "# Nach einer Änderung: sudo systemctl restart rueckgrat"
        echo
        if [ -n "$card" ]; then
            say "Mikrofon und Lautsprecher: $card"
            printf 'microphone = "%s"\nspeaker = "%s"\n' "$card" "$card"
        else
            printf '# microphone = "ein Teil vom Namen"\n# speaker = "ein Teil vom Namen"\n'
        fi
    } >"$state/config/settings.toml"
    chown "$user:$user" "$state/config/settings.toml"
    chmod 640 "$state/config/settings.toml"
}

# The name of the one card that both hears and speaks; nothing where there is none or a choice. Without
# it the system's default would speak: on a Raspberry Pi the screen.
only_speakerphone() {
    local folder found=()
    for folder in "$root"/proc/asound/card[0-9]*; do
        if compgen -G "$folder/pcm*c" >/dev/null && compgen -G "$folder/pcm*p" >/dev/null; then
            found+=("${folder##*card}")
        fi
    done
    if [ ${#found[@]} = 1 ]; then
        sed -n "s/^ *${found[0]} \[.*\]: .* - \(.*\)/\1/p" "$root/proc/asound/cards" | tr -d '"[:cntrl:]'
    fi
}

start_service() {
    if ! systemd_runs; then
        say "systemd läuft hier nicht, deshalb startet der Dienst erst mit dem nächsten Neustart."
        [ -L "$boot_link" ] || step "Ich schalte den Dienst ein." enable_offline
    elif [ $page_is_new = yes ] || [ $voice_is_new = yes ] || ! systemctl is-active --quiet rueckgrat || ! systemctl is-enabled --quiet rueckgrat; then
        step "Ich schalte den Dienst ein." logged systemctl enable rueckgrat
        # Without a microphone the start takes as long as nobody plugs one in.
        step "Ich starte ihn." logged systemctl restart --no-block rueckgrat
    fi
}

enable_offline() {
    mkdir -p "$(dirname "$boot_link")"
    ln -sn /etc/systemd/system/rueckgrat.service "$boot_link"
}

# --- The page to look at ------------------------------------------------------------------------

# Whatever fails here, the trainer is installed and goes without.
add_page() {
    if [ ! -e "$opt/current/home" ]; then
        step "Für die Seite und für Home Assistant hole ich ein paar Pakete (etwa 10 MB aus dem Netz)." \
            equip_for home "$(realpath -m "$opt/current")" || {
            say "Achtung: Mit der Seite ist es nichts geworden, ich übe ohne sie. Später noch einmal: sudo $0 --page"
            return
        }
    fi
    if [ ! -e "$unit.d/network.conf" ]; then
        step "Der Dienst darf jetzt ins Heimnetz, und nur dorthin." open_network
    fi
    if ! grep -q '^page *=' "$state/config/settings.toml" 2>/dev/null; then
        step "Ich zeige sie im Heimnetz (page und page_address in den Einstellungen)." switch_page_on
    fi
    page_is_new=yes
    say "Die Seite: http://$(uname -n).local:8088. Sag 'hallo trainer', und dann 'tablet verbinden'."
}

open_network() {
    install -D -m 644 "$here/deploy/network.conf" "$unit.d/network.conf"
    if systemd_runs; then logged systemctl daemon-reload; fi
}

switch_page_on() {
    printf '\npage = true\npage_address = "0.0.0.0"\n' >>"$state/config/settings.toml"
}

# --- A natural voice -------------------------------------------------------------------------

# Whatever fails here, the trainer is installed and speaks with the voice that it has.
add_voice() {
    if [ ! -e "$opt/current/natural" ]; then
        step "Für natürliche Stimmen hole ich Piper (etwa 50 MB aus dem Netz; es steht unter der GPL-3.0-or-later)." \
            equip_for natural "$(realpath -m "$opt/current")" || { without_voice; return; }
    fi
    step "Ich hole die Stimme $voice." as_service voice fetch "$voice" || { without_voice; return; }
    step "Von jetzt an spricht sie." as_service voice use "$voice" || { without_voice; return; }
    voice_is_new=yes
}

without_voice() {
    say "Achtung: Mit der Stimme $voice ist es nichts geworden, ich spreche weiter mit der, die ich habe. Später noch einmal: sudo rueckgrat voice fetch $voice"
}

# Ctrl-C ends this, not the installation.
prepare_voice() {
    if [ $voice_is_new = no ]; then return; fi
    trap : INT
    step "Ich bereite alle Sätze vor; auf einem Raspberry Pi dauert das Stunden. Trainieren kannst du schon, und mit Strg-C hörst du damit auf: Der Rest kommt, wenn niemand trainiert." \
        as_service voice prepare || say "Den Rest bereite ich vor, wenn niemand trainiert."
    trap - INT
}

check_root() {
    if [ $dry_run = no ] && [ "$(id -u)" != 0 ]; then
        fail "Das verändert das System, dafür brauche ich mehr Rechte. Tippe: sudo $0 $*"
    fi
}

install_all() {
    local version
    check_source "$here"
    check_machine
    version=$(version_of "$here")
    if [ -n "$(current_version current)" ] && [ "$(current_version current)" != "$version" ]; then
        say "Version $(current_version current) ist schon da, ich bringe sie auf den neuen Stand."
        update_all
        return
    fi
    install_packages
    make_user
    stage "$here"
    if [ "$(current_version current)" != "$version" ]; then
        step "Von jetzt an gilt diese Version." link current "$version"
    fi
    make_state
    place "$version"
    if [ $page = yes ]; then add_page; fi
    if [ -n "$voice" ]; then add_voice; fi
    start_service
    prepare_voice
    if [ $dry_run = yes ]; then
        say "Das war der Plan, verändert ist nichts."
    else
        say "Fertig: Rückgrat $version. Sag 'hallo trainer'. Bleibt es still: sudo rueckgrat doctor"
    fi
}

update_all() {
    local options=()
    if [ $dry_run = yes ]; then options+=(--dry-run); fi
    "$here/deploy/update.sh" "${options[@]}" || exit
    if [ $page = yes ]; then add_page; fi
    if [ -n "$voice" ]; then add_voice; fi
    if [ $page_is_new = yes ] || [ $voice_is_new = yes ]; then
        start_service
        prepare_voice
    fi
}

# --- Removing --------------------------------------------------------------------------------

uninstall() {
    if systemd_runs && [ -e "$unit" ]; then
        step "Ich halte den Dienst an." logged systemctl disable --now rueckgrat || true
    fi
    remove "den Dienst" "$unit" "$unit.d" "$boot_link"
    if systemd_runs; then step "Ich sage systemd Bescheid." logged systemctl daemon-reload || true; fi
    remove "den Befehl" "$command"
    remove "den Weg zu den Einstellungen" "$settings_link"
    remove "das Programm" "$opt"
    if [ $purge = yes ]; then
        remove "Einstellungen und Verlauf" "$state"
        if getent passwd "$user" >/dev/null; then
            step "Ich entferne den Benutzer $user." logged userdel "$user"
        fi
    elif [ -d "$state" ]; then
        say "Einstellungen und Verlauf bleiben in $state, und der Benutzer $user, dem sie gehören. Mit --purge gehen auch sie."
    fi
    say "Systempakete bleiben: Andere Programme können sie brauchen."
    if [ $dry_run = yes ]; then
        say "Das war der Plan, verändert ist nichts."
    else
        say "Fertig: Rückgrat ist entfernt."
    fi
}

remove() {
    local what=$1 path there=()
    shift
    for path in "$@"; do
        if [ -e "$path" ] || [ -L "$path" ]; then there+=("$path"); fi
    done
    if [ ${#there[@]} != 0 ]; then step "Ich entferne $what: ${there[*]}" rm -rf "${there[@]}"; fi
}

check_root "${arguments[@]}"
cd /
umask 022
if [ $dry_run = no ]; then { mkdir -p "$(dirname "$log")" && : >>"$log"; } 2>/dev/null ||
    fail "In $log kann ich nichts schreiben: Der Datenträger ist voll, oder er lässt sich nur lesen. Schaff Platz, oder nimm eine andere Karte."; fi
case $goal in
install) install_all ;;
uninstall) uninstall ;;
esac
