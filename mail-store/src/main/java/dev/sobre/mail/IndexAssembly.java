package dev.sobre.mail;

import dev.sobre.mail.MailboxIndex.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link MailboxIndex} that a backend puts together in UID order, from rows and from what {@link
 * MailboxIndex#pack} made.
 */
public final class IndexAssembly {

    private final FlagPool pool = new FlagPool();
    private final KeywordCounts.Change keywords = new KeywordCounts.Change();
    private final List<IndexBlock> blocks = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private long last;
    private int messages;
    private int unseen;
    private long octets;

    /** Adds a message whose UID is above all others. */
    public void add(Row row) {
        rows.add(row);
        if (rows.size() == IndexBlock.MOST) endRows();
    }

    /**
     * Adds messages whose UIDs are above all others.
     *
     * @throws IllegalArgumentException when this is not what {@link MailboxIndex#pack} made
     */
    public void add(ByteBuffer packed) {
        endRows();
        add(PackedMessages.unpack(packed, pool));
    }

    private void endRows() {
        if (rows.isEmpty()) return;
        add(IndexBlock.of(rows, pool));
        rows.clear();
    }

    private void add(IndexBlock block) {
        for (int at = 0; at < block.size(); at++) {
            if (block.uid(at) <= last) throw new IllegalArgumentException("UIDs do not ascend");
            last = block.uid(at);
            Flags flags = block.flags(at);
            if (!flags.keywords().isEmpty()) keywords.add(flags);
            if (!flags.has(Flag.SEEN)) unseen++;
            octets += block.octets(at);
        }
        messages += block.size();
        MailboxIndex.add(blocks, block);
    }

    /** Whether a mailbox's counters say the same as the messages. */
    public boolean agreesWith(MailboxState state) {
        endRows();
        return messages == state.messages() && unseen == state.unseen() && octets == state.octets();
    }

    public MailboxIndex done(MailboxState state) {
        endRows();
        return new MailboxIndex(state, pool, KeywordCounts.NONE.after(keywords), blocks);
    }
}
