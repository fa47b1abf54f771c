package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailboxId;

/** Writes down up to which UID the messages of a mailbox are no longer recent. */
record ClaimRecent(MailboxId mailbox, long below) implements Commit<Long> {

    @Override
    public Long stage(Group group) {
        group.mailbox(mailbox); // a mailbox that is gone keeps nothing
        byte[] key = Keys.of(Keys.RECENT, mailbox);
        long before = group.get(key).map(ClaimRecent::decode).orElse(1L);
        if (below > before) group.put(key, new ByteWriter(8).i64(below).done());
        return before;
    }

    /** The first UID that nobody has claimed. */
    static long read(Reads reads, MailboxId mailbox) {
        return reads.get(Keys.of(Keys.RECENT, mailbox)).map(ClaimRecent::decode).orElse(1L);
    }

    static long decode(byte[] value) {
        return new ByteReader(value).i64();
    }
}
