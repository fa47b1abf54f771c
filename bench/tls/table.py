"""Prints the medians of beside-peers.sh as a table, with each peer's figure over Sobre's."""
import json
import statistics
import sys

FIGURES = {  # mode: (key, what, whether more is better)
    "full": ("cpu_ms", "full TLS 1.3 handshake, CPU ms", False),
    "resume": ("cpu_ms", "resumed handshake, CPU ms", False),
    "down": ("mb_per_cpu_second", "bulk to the client, MB per CPU second", True),
    "up": ("mb_per_cpu_second", "bulk from the client, MB per CPU second", True),
    "idle": ("kib_per_connection", "idle connection, KiB (PSS growth)", False),
}
PEERS = ["sobre", "sobre-tunnel", "nginx", "haproxy", "stunnel"]

found = {}
for line in open(sys.argv[1]):
    peer, mode, rest = line.split(" ", 2)
    result = json.loads(rest)
    if mode == "resume" and result["resumed"] < result["operations"]:
        print(f"{peer}: only {result['resumed']} of {result['operations']} connections resumed")
    found.setdefault((mode, peer), []).append(result[FIGURES[mode][0]])

print("\n| | " + " | ".join(PEERS) + " |")
print("|---" * (len(PEERS) + 1) + "|")
for mode, (_, what, more) in FIGURES.items():
    medians = {p: statistics.median(found[mode, p]) for p in PEERS if (mode, p) in found}
    if not medians:
        continue
    cells = []
    for peer in PEERS:
        if peer not in medians:
            cells.append("")
            continue
        ours = medians["sobre" if peer == "sobre" else "sobre-tunnel"]
        theirs = medians[peer]
        ratio = ours / theirs if more else theirs / ours
        figure = f"{theirs:.0f}" if more else f"{theirs:.3f}" if mode != "idle" else f"{theirs:.1f}"
        cells.append(figure if peer.startswith("sobre") else f"{figure} ({ratio:.2f})")
    print(f"| {what} | " + " | ".join(cells) + " |")
print("\nIn parentheses: how many times as well the tunnel of Sobre does, whose work is the peers' own.")
