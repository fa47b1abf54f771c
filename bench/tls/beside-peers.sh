#!/usr/bin/env bash
# What TLS costs a server, beside nginx, haproxy and stunnel: one run, one server at a time, the same
# P-256 certificate, TLS_AES_128_GCM_SHA256 and X25519 for all. Needs root once, to install the peers.
#
#   bench/tls/beside-peers.sh [ROUNDS] [SECONDS]     (default: 3 rounds of 6 s for each measurement)
#   MODES="full up" bench/tls/beside-peers.sh        (some of: full resume down up idle)
#
# Prints medians, and each peer's figure over ours. Keep the machine otherwise quiet.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
rounds=${1:-3}
seconds=${2:-6}
connections=${CONNECTIONS:-10000}
modes=${MODES:-full resume down up idle}
# A tunnel has two descriptors for each connection.
tunnelled=$(($(ulimit -Hn) / 2 - 1000))
[ "$tunnelled" -le "$connections" ] || tunnelled=$connections
root=$(cd ../.. && pwd)
work=$(mktemp -d)
started=()
finish() {
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap finish EXIT
ulimit -n "$(ulimit -Hn)"

need=()
for package in nginx-light libnginx-mod-stream haproxy stunnel4 libssl-dev gcc; do
    dpkg -s "$package" >/dev/null 2>&1 || need+=("$package")
done
if [ ${#need[@]} -gt 0 ]; then
    printf '#!/bin/sh\nexit 101\n' >"$work/no-daemons"
    [ -e /usr/sbin/policy-rc.d ] || install -m 755 "$work/no-daemons" /usr/sbin/policy-rc.d
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
fi
load=$work/tlsload
gcc -O2 -o "$load" tlsload.c -lssl -lcrypto -lpthread

. "$root/distribution/src/main/launcher/find-jdk.sh"
find_jdk_25 || { how_to_get_jdk_25; exit 1; }
sobre=$root/distribution/target/sobre/bin/sobre
jar=$root/bench/target/bench-0.1.0-SNAPSHOT.jar
[ -x "$sobre" ] && [ -r "$jar" ] \
    || { echo "first: mvn -B -q -DskipTests package (in $root)" >&2; exit 1; }

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
cat "$work/key.pem" "$work/cert.pem" >"$work/both.pem"
chmod 600 "$work"/*.pem

base=$((21000 + RANDOM % 9000))
plain=$base
start() { # COMMAND...: its pid in $server
    "$@" >>"$work/log" 2>&1 &
    server=$!
    started+=("$server")
}
await() { # PORT
    for _ in $(seq 100); do
        (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
        sleep 0.1
    done
    echo "nothing listens on $1" >&2
    tail "$work/log" >&2
    return 1
}
start "$load" plain "$plain"
await "$plain"

# Two workers each: the machine's cores, as they would be set up on it.
cat >"$work/nginx.conf" <<END
daemon off; worker_processes auto; pid $work/nginx.pid; error_log $work/nginx.log; worker_rlimit_nofile 65536;
load_module /usr/lib/nginx/modules/ngx_stream_module.so;
events { worker_connections 32768; }
stream { server { listen 127.0.0.1:$((base + 1)) ssl backlog=4096; proxy_pass 127.0.0.1:$plain; tcp_nodelay on;
  ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem; ssl_protocols TLSv1.3 TLSv1.2;
  ssl_session_cache shared:s:10m; ssl_session_tickets on; } }
END
cat >"$work/haproxy.cfg" <<END
global
  maxconn $((tunnelled + 600))
  nbthread $(nproc)
defaults
  mode tcp
  timeout connect 10s
  timeout client 10m
  timeout server 10m
frontend f
  bind 127.0.0.1:$((base + 2)) ssl crt $work/both.pem
  default_backend b
backend b
  server s 127.0.0.1:$plain
END
cat >"$work/stunnel.conf" <<END
foreground = yes
pid =
debug = err
socket = l:TCP_NODELAY=1
socket = r:TCP_NODELAY=1
[s]
accept = 127.0.0.1:$((base + 3))
connect = 127.0.0.1:$plain
cert = $work/both.pem
END
java=("$java_home/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xmx512m -Xmn16m
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
export SOBRE_JAVA_OPTS=
run_peer() { # NAME: starts it; $server and $port
    case $1 in
        nginx) port=$((base + 1)); start nginx -c "$work/nginx.conf" -p "$work" ;;
        haproxy) port=$((base + 2)); start haproxy -f "$work/haproxy.cfg" ;;
        stunnel) port=$((base + 3)); start stunnel4 "$work/stunnel.conf" ;;
        sobre-tunnel) port=$((base + 4)); start "$sobre" tunnel --accept "127.0.0.1:$port" \
            --connect "127.0.0.1:$plain" --cert "$work/cert.pem" --key "$work/key.pem" ;;
        sobre) port=$((base + 5)); start "${java[@]}" -cp "$jar" dev.sobre.bench.TlsEndpoint \
            "$port" "$work/cert.pem" "$work/key.pem" ;;
    esac
    await "$port"
}
tree() { # PID: it and its children, with commas
    echo "$1 $(cat /proc/"$1"/task/*/children 2>/dev/null)" | tr -s ' \n' ',' | sed 's/,$//'
}

results=$work/results.jsonl
measure() { # NAME MODE AMOUNT: one line
    printf '%s %s ' "$1" "$2" >>"$results"
    "$load" "$2" "$port" "$(tree "$server")" "$3" >>"$results"
    tail -n 1 "$results" >&2
}
for round in $(seq "$rounds"); do
    for peer in nginx haproxy stunnel sobre-tunnel sobre; do
        run_peer "$peer"
        case $peer in sobre*) warm=20 ;; *) warm=1 ;; esac # a JVM compiles what it does often
        # A collected heap: what is live, not what is yet to be collected.
        case $peer in sobre*) export BEFORE_PSS="$java_home/bin/jcmd $server GC.run >/dev/null" ;; *) unset BEFORE_PSS ;; esac
        for mode in $modes; do
            if [ "$mode" = idle ]; then
                [ "$round" = 1 ] || continue
                # Else what a JVM compiles meanwhile would count as the connections'.
                [ "$modes" != idle ] || "$load" full "$port" "$server" "$warm" >/dev/null
                [ "$peer" = sobre ] && many=$connections || many=$tunnelled
                measure "$peer" idle "$many"
            else
                "$load" "$mode" "$port" "$server" "$warm" >/dev/null
                measure "$peer" "$mode" "$seconds"
            fi
        done
        kill "$server"
        wait "$server" 2>/dev/null || true
    done
done

echo
echo "This machine's limit: openssl speed, operations or MB per CPU second of one core"
openssl speed -seconds 2 ecdsap256 ecdhx25519 2>/dev/null | grep -E 'ecdsa|X25519' || true
openssl speed -seconds 2 -bytes 16384 -evp aes-128-gcm 2>/dev/null | tail -n 1
python3 table.py "$results"
