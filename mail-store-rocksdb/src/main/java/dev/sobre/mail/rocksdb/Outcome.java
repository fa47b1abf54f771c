package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Appended;
import dev.sobre.mail.MailboxId;
import java.util.ArrayList;
import java.util.List;

/** The stored form of what a delivery became. */
final class Outcome {

    private Outcome() {}

    static byte[] encode(List<Appended> appended) {
        var out = new ByteWriter(8 + 24 * appended.size()).u8(1).count(appended.size());
        for (var one : appended) {
            out.count(one.mailbox().account().value()).count(one.mailbox().number());
            out.count(one.uidValidity()).count(one.uid()).count(one.modSeq());
        }
        return out.done();
    }

    static List<Appended> decode(byte[] value) {
        var in = new ByteReader(value).version(1);
        int count = in.size();
        List<Appended> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            var mailbox = new MailboxId(new AccountId(in.count()), in.count());
            all.add(new Appended(mailbox, in.count(), in.count(), in.count()));
        }
        return all;
    }
}
