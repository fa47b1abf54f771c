package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Quota;
import dev.sobre.mail.Usage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How much an account holds within a commit, and how much it may. */
final class Held {

    private static final long MANY = 1000;

    private final Quota quota;
    private final Usage before;
    private Usage usage;
    private final long goneBefore;
    private long gone; // messages since the account's threads were looked at

    private Held(Quota quota, Usage usage, long gone) {
        this.quota = quota;
        this.before = usage;
        this.usage = usage;
        this.goneBefore = gone;
        this.gone = gone;
    }

    /** As earlier groups left it. */
    static Held read(Group group, AccountId account) {
        Quota quota = group.get(Keys.account(account)).map(StoredAccount::quota).orElse(Quota.NONE);
        Optional<byte[]> value = group.get(Keys.usage(account));
        return new Held(
                quota,
                value.map(Held::decode).orElse(Usage.NONE),
                value.map(Held::gone).orElse(0L));
    }

    boolean limited() {
        return quota.limited();
    }

    /** Refuses what there is no room for. */
    void require(Usage more) {
        quota.require(usage, more);
    }

    /**
     * Refuses mail for which one of the accounts has no room. What was delivered before takes none.
     */
    static void requireRoom(Group group, List<MailboxId> targets, List<Arrival> arrivals) {
        Map<AccountId, Usage> more = new HashMap<>();
        for (var target : targets) {
            if (!group.held(target.account()).limited()) continue;
            Set<DeliveryId> fresh = new HashSet<>();
            for (var arrival : arrivals) {
                if (fresh.add(arrival.delivery()) && arrival.earlier(group, target).isEmpty()) {
                    more.merge(target.account(), Usage.of(arrival.octets()), Usage::plus);
                }
            }
        }
        more.forEach((account, usage) -> group.held(account).require(usage));
    }

    void add(Usage more) {
        usage = usage.plus(more);
    }

    void take(Usage less) {
        usage = usage.minus(less);
        gone += less.messages();
    }

    /** Whether so many messages went that a look at the account's threads is worth it. */
    boolean lost() {
        return gone > goneBefore && gone >= Math.max(MANY, usage.messages());
    }

    /** The account's threads were looked at when so many messages were gone. */
    Held looked(long then) {
        gone = Math.max(0, gone - then);
        return this;
    }

    boolean changed() {
        return !usage.equals(before) || gone != goneBefore;
    }

    byte[] encode() {
        return encode(usage, gone);
    }

    static byte[] encode(Usage usage, long gone) {
        var out = new ByteWriter(16).u8(1).count(usage.octets()).count(usage.messages());
        return (gone == 0 ? out : out.count(gone)).done();
    }

    static Usage decode(byte[] value) {
        var in = new ByteReader(value).version(1);
        return new Usage(in.count(), in.count());
    }

    /** How many messages went since the account's threads were looked at. */
    static long gone(byte[] value) {
        var in = new ByteReader(value).version(1);
        in.count();
        in.count();
        return in.rest().hasRemaining() ? in.count() : 0;
    }
}
