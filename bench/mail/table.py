"""Prints the medians of beside-dovecot.sh as a table, and what Dovecot takes over what Sobre takes."""
import json
import statistics
import sys

found, order, trouble = {}, [], []
for line in open(sys.argv[1]):
    peer, row, rest = line.rstrip("\n").split(" ", 2)
    result = json.loads(rest)
    if row not in order:
        order.append(row)
    if result["errors"] or result["setup_failed"]:
        trouble.append(f"{peer} {row}: {result['errors']} errors, {result['last_error']}")
    found.setdefault((row, peer), []).append(result)


def median(row, peer, key):
    values = [r[key] for r in found.get((row, peer), []) if key in r]
    return statistics.median(values) if values else None


def ratio(above, below):
    return f"{above / below:.2f}" if above and below else "–"


print("\n| row | operations a second | over Dovecot's | p99, ms | Dovecot's over ours | server CPU, ms | Dovecot's over ours |")
print("|---|---|---|---|---|---|---|")
for row in order:
    ours, theirs = ({k: median(row, p, k) for k in ("ops_per_s", "p99_us", "server_cpu_ms_per_op")}
                    for p in ("sobre", "dovecot"))
    if row == "idle" or None in ours.values() or None in theirs.values():
        continue
    print(f"| {row} | {ours['ops_per_s']:.0f} | {ratio(ours['ops_per_s'], theirs['ops_per_s'])} "
          f"| {ours['p99_us'] / 1000:.2f} | {ratio(theirs['p99_us'], ours['p99_us'])} "
          f"| {ours['server_cpu_ms_per_op']:.4f} | {ratio(theirs['server_cpu_ms_per_op'], ours['server_cpu_ms_per_op'])} |")
idle = [median("idle", p, "kb_per_conn_pss") for p in ("sobre", "dovecot")]
if None not in idle:
    print(f"\nAn idle, selected connection of 10,000: {idle[0]:.1f} KiB of PSS, Dovecot's {idle[1]:.1f} ({idle[1] / idle[0]:.1f} times).")
least, ours = (median("submit-1", p, "ops_per_s") for p in ("floor", "sobre"))
if least and ours:
    print(f"\nA server that only answers and syncs (floor.c) takes {least:.0f} a second of submit-1; ours is {ours / least:.2f} of that.")
for line in trouble:
    print(line)
