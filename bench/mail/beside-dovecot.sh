#!/usr/bin/env bash
# What IMAP, POP3 and submission cost a server, beside Dovecot (sdbox) and Postfix: one run, both durable, one server at a
# time under load, the same users, mail and P-256 certificate. Needs root: the peers come from Debian and run as users
# of their own. Folder for the mail: $TMPDIR; it should be on a disk.
#
#   bench/mail/beside-dovecot.sh [ROUNDS] [SECONDS]      (default: 3 rounds of 3 s for each row)
#   ROWS="imap-noop imap-store" bench/mail/beside-dovecot.sh
#
# Prints medians, and Dovecot's figure over ours. Keep the machine otherwise quiet.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
rounds=${1:-3}
seconds=${2:-3}
rows=${ROWS:-tls-full tls-resume imap-login imap-noop imap-select imap-fetch-flags imap-fetch-body
    imap-store unseen subject text imap-append idle-notify pop3-session pop3-retr
    submit-1 submit-16 submit-64 persistent bdat idle}
domain=example.test password=secret-password users=600 messages=500
root=$(cd ../.. && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/beside.XXXXXX")
dovecot= postfix= sobre= floor=
. ./peers.sh
finish() {
    for pid in $dovecot $postfix $sobre $floor; do end_tree "$pid"; done
    rm -rf "$work"
}
trap finish EXIT
ulimit -n "$(ulimit -Hn)"
[ "$(ulimit -n)" -ge 10500 ] || rows=${rows/%idle/}

. "$root/distribution/src/main/launcher/find-jdk.sh"
find_jdk_25 || { how_to_get_jdk_25; exit 1; }
launcher=$root/distribution/target/sobre/bin/sobre
[ -x "$launcher" ] || { echo "first: mvn -B -q -DskipTests package (in $root)" >&2; exit 1; }
install_peers
allow_watches
load=$work/mailload
gcc -O2 -o "$load" mailload.c -lssl -lcrypto

cert=$work/cert.pem key=$work/key.pem
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$key" -out "$cert" 2>/dev/null

base=$((20000 + RANDOM % 9000))
echo "starting Dovecot and Postfix" >&2
start_dovecot $((base + 1)) $((base + 2))
start_postfix $((base + 3))

echo "starting Sobre" >&2
home=$work/home
offset=$((base + 100))
"$launcher" init --home "$home" --domain "$domain" --port-offset "$offset" >/dev/null
cp "$cert" "$key" "$home/tls/"
sed -i -e 's|^certificate = .*|certificate = "tls/cert.pem"|' -e 's|^key = .*|key = "tls/key.pem"|' \
    -e 's/^# from = .*/from = "any"/' \
    -e 's/^# mails-at-once = .*/mails-at-once = 0/' \
    -e 's/^# mails-per-hour = .*/mails-per-hour = 0/' \
    -e 's/^# recipients-per-hour = .*/recipients-per-hour = 0/' \
    -e 's/^connections = .*/connections = 15000/' \
    -e 's/^connections-per-address = .*/connections-per-address = 15000/' "$home/sobre.toml"
chmod 600 "$home"/tls/*.pem
hash=$(openssl passwd -6 "$password")
for i in $(seq "$users"); do echo "user$i@$domain:{SHA512-CRYPT}$hash"; done >"$work/accounts"
"$launcher" account import --home "$home" "$work/accounts" >"$work/imported"
"$launcher" serve --home "$home" >"$work/ready" 2>"$work/sobre.log" &
sobre=$!
for _ in $(seq 300); do
    grep -q '^ready ' "$work/ready" && break
    kill -0 "$sobre" 2>/dev/null || { cat "$work/sobre.log" >&2; exit 1; }
    sleep 0.1
done

# What the least of all servers reaches with one client: the most that submit-1 can show here.
gcc -O2 -o "$work/floor" floor.c -lssl -lcrypto
"$work/floor" $((base + 4)) "$cert" "$key" "$work/floor.mail" &
floor=$!

use() { # PEER
    peer=$1
    case $peer in
        floor) smtps=$((base + 4)) imaps= ;;
        dovecot) imaps=$((base + 1)) pop3s=$((base + 2)) smtps=$((base + 3)) ;;
        sobre) imaps=$((offset + 993)) pop3s=$((offset + 995)) smtps=$((offset + 465)) ;;
    esac
}
client() { # OPTION...: the load, with our names
    timeout 400 "$load" -u "user%d@$domain" -w "$password" "$@"
}
pids() {
    case $peer:$1 in
        sobre:*) echo "$sobre" ;;
        dovecot:smtp) echo "$dovecot,$postfix" ;;
        floor:*) echo "$floor" ;;
        *) echo "$dovecot" ;;
    esac
}
imap() { client -p "$imaps" -c 16 -n 16 --pid "$(pids imap)" "$@"; }
pop3() { client -p "$pop3s" -c 16 -n 16 --pid "$(pids imap)" "$@"; }
smtp() { client -p "$smtps" --first 101 -n 64 --pid "$(pids smtp)" ${imaps:+--deliver-port "$imaps"} "$@"; }

row() { # ROW SECONDS: one line of JSON
    case $1 in
        unseen | subject | text) imap -t "$2" --search "$1" imap-search ;;
        imap-append) client -p "$imaps" -c 16 --first 33 -n 16 --pid "$(pids imap)" -t "$2" imap-append ;;
        idle-notify) client -p "$imaps" -c 20 --first 60 --pid "$(pids imap)" -t "$2" imap-idle-notify ;;
        pop3-*) pop3 -t "$2" "$1" ;;
        submit-*) smtp -t "$2" -c "${1#submit-}" smtp-submit ;;
        persistent) smtp -t "$2" -c 16 --per-conn 0 smtp-submit ;;
        bdat) smtp -t "$2" -c 16 --per-conn 0 smtp-bdat ;;
        idle) client -p "$imaps" -c 10000 -n 500 -t 5 --pid "$(pids imap)" imap-idle-hold ;;
        *) imap -t "$2" "$1" ;;
    esac
}

warm() { # ROW: for so many seconds; a JVM compiles what it does often, Dovecot starts processes
    case $1 in
        submit-1) echo $((6 * ${WARM:-5})) ;;
        tls-* | imap-login | submit-*) echo $((3 * ${WARM:-5})) ;;
        *) echo "${WARM:-5}" ;;
    esac
}

warming() { # ROW: with what; one client alone takes minutes until a JVM has compiled what it does
    case $1 in
        submit-1) echo submit-16 ;;
        *) echo "$1" ;;
    esac
}

for name in dovecot sobre; do
    use $name
    echo "filling 16 mailboxes of $name" >&2
    client -p "$imaps" -c 8 -n 16 --per-user $messages fill >/dev/null
done

results=${RESULTS:-$work/results.jsonl}
for round in $(seq "$rounds"); do
    for row in $rows; do
        [ "$row" != idle ] || [ "$round" = 1 ] || continue
        for name in dovecot sobre $([ "$row" != submit-1 ] || echo floor); do
            use $name
            if [ "$round" = 1 ] && [ "$row" != idle ] && [ $name != floor ]; then row "$(warming "$row")" "$(warm "$row")" >/dev/null 2>&1 || true; fi
            if [ "$row" = idle ] && [ $name = sobre ]; then "$java_home/bin/jcmd" "$sobre" GC.run >/dev/null 2>&1 || true; fi
            printf '%s %s ' "$name" "$row" >>"$results"
            row "$row" "$seconds" >>"$results" || true
            tail -n 1 "$results" | cut -c 1-220 >&2
        done
    done
done
python3 table.py "$results"
