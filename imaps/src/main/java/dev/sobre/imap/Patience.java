package dev.sobre.imap;

import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.search.Waiter;
import java.io.IOException;

/**
 * A client that waits for the answer to a command, and is told now and then that it goes on. RFC
 * 9585.
 */
final class Patience implements Waiter {

    private final Client client;
    private final String tag;
    private final long period; // in nanoseconds
    private long next;
    private volatile boolean unheard;

    /**
     * From now on, until the answer.
     *
     * @param tag of the command
     */
    Patience(Client client, String tag) {
        this.client = client;
        this.tag = tag;
        this.period = client.service().settings().times().progress().toNanos();
        this.next = System.nanoTime() + period;
    }

    @Override
    public boolean isGone() {
        return unheard || client.gone().isGone();
    }

    @Override
    public void stillWaits() {
        long now = System.nanoTime();
        if (now - next < 0 || !client.offers(Feature.INPROGRESS)) return;
        next = now + period;
        try {
            tell(client.out());
        } catch (IOException e) {
            unheard = true;
        }
    }

    /** RFC 9585 §4: a tag with a bracket would end the response code. */
    private void tell(ImapWriter out) throws IOException {
        out.put("* OK [INPROGRESS (");
        if (tag.contains("]")) out.put("NIL");
        else out.put('"').put(tag).put('"');
        out.put(" NIL NIL)] still searching").endLine();
        out.handOn();
        client.connection().flush();
    }
}
