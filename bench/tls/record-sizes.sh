#!/usr/bin/env bash
# Growing records beside records of 16 KiB always: the time to the first octet of an answer over a
# network of 10 Mbit/s (made of a namespace's loopback; Linux, iproute2), and the cost of bulk.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
jar=bench/target/bench-0.1.0-SNAPSHOT.jar
[ -r "$jar" ] || { echo "build it first: mvn -q -B -pl bench -am -DskipTests package" >&2; exit 1; }
java=("${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED
    --sun-misc-unsafe-memory-access=allow -cp "$jar" dev.sobre.bench.RecordSizes)

echo "== 10 Mbit/s"
unshare --map-root-user --net bash -c '
    ip link set lo mtu 1500 up
    tc qdisc add dev lo root tbf rate 10mbit burst 3000 latency 10s
    exec "$@"' -- "${java[@]}" first 2>/dev/null
echo "== bulk over loopback"
"${java[@]}" bulk 2>/dev/null
