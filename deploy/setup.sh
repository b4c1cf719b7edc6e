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
teller=Einrichten
case $goal in
run) lock=requirements.lock ;;
test | model) lock=requirements-dev.lock ;;
*)
    echo "Aufruf: deploy/setup.sh run|test|model" >&2
    exit 2
    ;;
esac

# shellcheck source=deploy/lib.sh
. deploy/lib.sh

# --- Which system packages -------------------------------------------------------------------

wanted_packages() {
    packages_to_run
    if [ "$goal" = test ]; then echo pulseaudio pulseaudio-utils libasound2-plugins shellcheck chromium mosquitto; fi
    if [ "$goal" = model ]; then echo libfst-tools g++ python3-dev; fi
}

# --- Stamps ----------------------------------------------------------------------------------

stamp_of() { cksum <"$1"; }
is_stamped() { [ -x $venv/bin/python ] && [ "$(cat "$venv/stamp-$1" 2>/dev/null)" = "$2" ]; }

packages_ready() { is_stamped "$lock" "$(stamp_of "$lock")"; }
system_ready() { is_stamped "system-$goal" "$(wanted_packages)"; }

if packages_ready && system_ready; then exit 0; fi

if ! { mkdir -p "$(dirname "$log")" && : >"$log"; } 2>/dev/null; then
    fail "In $PWD kann ich nichts schreiben. Gib mir das Recht dazu, oder kopiere den Ordner dorthin, wo du schreiben darfst."
fi

if ! { [ -x $venv/bin/python ] && suits $venv/bin/python; }; then make_environment $venv || exit 2; fi
if ! packages_ready; then
    install_locked $venv "$lock" || exit 2
    stamp_of "$lock" >"$venv/stamp-$lock"
    # What the tests need holds all that training needs.
    stamp_of requirements.lock >$venv/stamp-requirements.lock
fi

# shellcheck disable=SC2046 # one word per package
missing=$(missing_of $(wanted_packages))
# shellcheck disable=SC2086 # one word per package
if [ -z "$missing" ] || need_packages $missing; then
    wanted_packages >"$venv/stamp-system-$goal"
    say "Fertig."
fi
