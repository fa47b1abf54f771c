# Sourced by the scripts beside it: a home that is served on free ports, and curl as the witness of
# what is in it.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/checks.sh"

home=$work/home
ca=$home/tls/ca.pem
server=

finish() {
    [ -n "$server" ] && kill -9 "$server" 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

refused() { ! "$@"; }
says() { # TEXT COMMAND...: it fails, and says why
    local text=$1
    shift
    if "$@" >"$out.said" 2>&1; then
        echo "it succeeded"
        return 1
    fi
    cat "$out.said"
    grep -qF -- "$text" "$out.said"
}

# ---- the server ------------------------------------------------------------------------------

port() { sed -n "s/.*$1=\([0-9]*\).*/\1/p" "$work/ready"; }

start_server() {
    : >"$work/ready" # of the server before, or it is taken for this one's
    "$sobre" serve --home "$home" >"$work/ready" 2>>"$work/log" &
    server=$!
    for _ in $(seq 300); do
        grep -q '^ready ' "$work/ready" && break
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    if ! grep -q '^ready ' "$work/ready"; then
        cat "$work/log"
        return 1
    fi
    smtps=$(port smtps) pop3s=$(port pop3s) imaps=$(port imaps) telnets=$(port telnets)
}

stop_server() { # within five seconds, and with exit code 0
    local begun=$EPOCHREALTIME code
    kill -TERM "$server"
    wait "$server"
    code=$?
    server=
    local took=$(((${EPOCHREALTIME/./} - ${begun/./}) / 1000))
    echo "exit code $code after $took ms"
    [ "$code" = 0 ] && [ "$took" -le 5000 ]
}

add_user() { # ADDRESS PASSWORD OPTION...
    local address=$1 password=$2
    shift 2
    printf '%s\n' "$password" | "$sobre" account add --home "$home" --password-stdin "$@" "$address"
}

serve_home() { # SED-COMMAND...: a new home of example.org, its configuration edited
    for _ in 1 2 3 4 5; do # another offset where one of the ports is taken
        offset=$((20000 + RANDOM % 6000)) # below the ports that the kernel gives to clients meanwhile
        rm -rf "$home"
        "$sobre" init --home "$home" --domain example.org --port-offset "$offset" >"$out" 2>&1 || break
        local edit
        for edit in "$@"; do sed -i "$edit" "$home/sobre.toml"; done
        start_server >"$out" 2>&1 && break
    done
    if [ -z "$server" ] || ! kill -0 "$server" 2>/dev/null; then
        not_ok "serve starts"
        sum
        exit 1
    fi
}

# ---- curl ------------------------------------------------------------------------------------

submit() { # USER PASSWORD TO FILE
    curl -sS --max-time 60 --cacert "$ca" -u "$1:$2" --mail-from "$1" --mail-rcpt "$3" \
        -T "$4" "smtps://localhost:$smtps"
}
imap() { # USER PASSWORD PATH CURL-OPTION...
    local user=$1 password=$2 path=$3
    shift 3
    curl -sS --max-time 60 --cacert "$ca" -u "$user:$password" "$@" "imaps://localhost:$imaps/$path"
}
pop3() { # USER PASSWORD PATH
    curl -sS --max-time 60 --cacert "$ca" -u "$1:$2" "pop3s://localhost:$pop3s/$3"
}
count() { # USER PASSWORD SEARCH-KEY [MAILBOX]
    imap "$1" "$2" "${4:-INBOX}" -X "SEARCH $3" | tr -d '\r' | sed -n 's/^\* SEARCH//p' | wc -w
}
has_count() { # EXPECTED USER PASSWORD SEARCH-KEY [MAILBOX]
    local found
    found=$(count "${@:2}")
    echo "found $found, expected $1"
    [ "$found" = "$1" ]
}

head_of() { # SUBJECT
    printf 'From: <ann@example.org>\r\nTo: <bob@example.org>\r\nSubject: %s\r\n' "$1"
    printf 'Message-ID: <%s@example.org>\r\nDate: Mon, 23 Nov 2026 12:00:00 +0000\r\n' "$1"
}
