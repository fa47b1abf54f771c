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
import java.util.Set;

/** How much an account holds within a commit, and how much it may. */
final class Held {

    private final Quota quota;
    private final Usage before;
    private Usage usage;

    private Held(Quota quota, Usage usage) {
        this.quota = quota;
        this.before = usage;
        this.usage = usage;
    }

    /** As earlier groups left it. */
    static Held read(Group group, AccountId account) {
        Quota quota = group.get(Keys.account(account)).map(StoredAccount::quota).orElse(Quota.NONE);
        return new Held(quota, group.get(Keys.usage(account)).map(Held::decode).orElse(Usage.NONE));
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
    }

    boolean changed() {
        return !usage.equals(before);
    }

    byte[] encode() {
        return encode(usage);
    }

    static byte[] encode(Usage usage) {
        return new ByteWriter(16).u8(1).count(usage.octets()).count(usage.messages()).done();
    }

    static Usage decode(byte[] value) {
        var in = new ByteReader(value).version(1);
        return new Usage(in.count(), in.count());
    }
}
