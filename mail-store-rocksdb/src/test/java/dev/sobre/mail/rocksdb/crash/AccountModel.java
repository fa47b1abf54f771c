package dev.sobre.mail.rocksdb.crash;

import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an account holds, in the plainest terms: mailboxes by name, messages by UID. Made from what
 * was acknowledged, or read from a store; the two must be equal.
 *
 * @param relayed how many entries of the spool its mail has made; a store can't tell
 */
record AccountModel(TreeMap<String, Box> boxes, long relayed) {

    private static final int PART = 500; // messages that one commit copies

    /** A message by its seed. */
    record Held(long seed, Flags flags) {}

    /** A mailbox. */
    record Box(long uidNext, TreeMap<Long, Held> messages) {

        static Box empty() {
            return new Box(1, new TreeMap<>());
        }

        private Box plus(List<Held> more) {
            var all = new TreeMap<>(messages);
            long uid = uidNext;
            for (var each : more) all.put(uid++, each);
            return new Box(uid, all);
        }

        private Box without(UidSet gone) {
            var rest = new TreeMap<>(messages);
            rest.keySet().removeIf(gone::contains);
            return new Box(uidNext, rest);
        }

        private Box with(UidSet uids, FlagChange change) {
            var all = new TreeMap<>(messages);
            all.replaceAll(
                    (uid, held) ->
                            uids.contains(uid)
                                    ? new Held(held.seed, change.apply(held.flags))
                                    : held);
            return new Box(uidNext, all);
        }

        private List<Held> of(UidSet uids) {
            return messages.entrySet().stream()
                    .filter(e -> uids.contains(e.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    /** Whether all the mailboxes that a change needs are there. */
    boolean allows(Op op) {
        return switch (op) {
            case Op.Deliver(_, var to, _) -> boxes.keySet().containsAll(to);
            case Op.Append(var to, _) -> boxes.containsKey(to);
            case Op.Store(var in, _, _) -> boxes.containsKey(in);
            case Op.Copy(var from, _, var to, _) ->
                    boxes.containsKey(from) && boxes.containsKey(to);
            case Op.Expunge(var in, _) -> boxes.containsKey(in);
            case Op.Create(var name) -> !boxes.containsKey(name);
            case Op.Rename(var from, var to) -> boxes.containsKey(from) && !boxes.containsKey(to);
            case Op.Delete(var name) -> boxes.containsKey(name);
        };
    }

    /** The account after a change; this one stays as it is. */
    AccountModel after(Op op) {
        var next = new TreeMap<>(boxes);
        long more = 0;
        switch (op) {
            case Op.Deliver(var mail, var to, var remote) -> {
                more = remote;
                for (String name : to) add(next, name, List.of(held(mail)));
            }
            case Op.Append(var to, var mails) ->
                    add(next, to, mails.stream().map(AccountModel::held).toList());
            case Op.Store(var in, var uids, var change) ->
                    next.computeIfPresent(in, (_, box) -> box.with(uids, change));
            case Op.Copy(var from, var uids, var to, var move) -> {
                add(next, to, box(next, from).of(uids));
                if (move) next.put(from, box(next, from).without(existing(from, uids)));
            }
            case Op.Expunge(var in, var uids) -> next.put(in, expunged(in, uids));
            case Op.Create(var name) -> create(next, name);
            case Op.Rename(var from, var to) -> rename(next, from, to);
            case Op.Delete(var name) -> next.remove(name);
        }
        return new AccountModel(next, relayed + more);
    }

    /**
     * The accounts that a change may leave which ended in the middle. Messages are copied and moved
     * by parts: a copy is undone then, but its UIDs were given out (RFC 9051 §6.4.7, §2.3.1.1); a
     * move has moved some (RFC 6851 §3.3).
     */
    List<AccountModel> partly(Op op) {
        List<AccountModel> ends = new ArrayList<>();
        if (op instanceof Op.Copy(var from, var uids, var to, var move) && allows(op)) {
            var all = box(boxes, from).messages.keySet().stream().filter(uids::contains).toList();
            for (int done = PART; done < all.size(); done += PART) {
                var some = new Op.Copy(from, UidSet.of(all.subList(0, done)), to, move);
                ends.add(move ? after(some) : undone(after(some), to));
            }
        }
        return ends;
    }

    private AccountModel undone(AccountModel copied, String to) {
        var same = new TreeMap<>(boxes);
        same.put(to, new Box(box(copied.boxes, to).uidNext, box(boxes, to).messages));
        return new AccountModel(same, relayed);
    }

    private static Held held(Op.Mail mail) {
        return new Held(mail.seed(), mail.flags());
    }

    private static Box box(Map<String, Box> boxes, String name) {
        Box box = boxes.get(name);
        if (box == null) throw new IllegalArgumentException("no mailbox " + name);
        return box;
    }

    private static void add(Map<String, Box> boxes, String name, List<Held> more) {
        boxes.put(name, box(boxes, name).plus(more));
    }

    /** A move within one mailbox removes the originals, not the copies. */
    private UidSet existing(String name, UidSet uids) {
        return uids.intersect(UidSet.of(box(boxes, name).messages.keySet()));
    }

    private Box expunged(String name, UidSet uids) {
        var rest = new TreeMap<>(box(boxes, name).messages);
        rest.entrySet()
                .removeIf(e -> uids.contains(e.getKey()) && e.getValue().flags.has(Flag.DELETED));
        return new Box(box(boxes, name).uidNext, rest);
    }

    private static void create(Map<String, Box> boxes, String name) {
        for (int at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
            boxes.putIfAbsent(name.substring(0, at), Box.empty());
        }
        boxes.put(name, Box.empty());
    }

    private static void rename(Map<String, Box> boxes, String from, String to) {
        if (from.equals(Mailbox.INBOX)) { // RFC 9051 §6.3.6: the messages move, INBOX stays
            Box inbox = box(boxes, from);
            create(boxes, to);
            boxes.put(to, Box.empty().plus(List.copyOf(inbox.messages.values())));
            boxes.put(from, new Box(inbox.uidNext, new TreeMap<>()));
            return;
        }
        List<String> moving = new ArrayList<>();
        for (String name : boxes.keySet()) {
            if (name.equals(from) || name.startsWith(from + "/")) moving.add(name);
        }
        var moved = new TreeMap<String, Box>();
        for (String name : moving) {
            moved.put(to + name.substring(from.length()), box(boxes, name));
            boxes.remove(name);
        }
        create(boxes, to);
        boxes.putAll(moved);
    }
}
