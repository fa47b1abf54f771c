package dev.sobre.imap;

import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.search.SortKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * SORT and UID SORT: the messages for which a condition holds, in an order. RFC 5256 §3; RFC 5957;
 * RFC 5267 §3.
 */
record Sort(SearchRequest request) implements Command<Selected> {

    /** So many criteria can matter: each of them, and some to spare. */
    private static final int MOST_KEYS = 20;

    /** What RFC 5957 adds. */
    private static final Set<SortKey.Field> DISPLAYED =
            Set.of(SortKey.Field.DISPLAYFROM, SortKey.Field.DISPLAYTO);

    static Sort parse(ImapReader in) throws BadMessage, IOException {
        return parse(in, false);
    }

    static Sort parseUid(ImapReader in) throws BadMessage, IOException {
        return parse(in, true);
    }

    private static Sort parse(ImapReader in, boolean uids) throws BadMessage, IOException {
        in.space();
        var returns = ReturnOptions.parse(in);
        var order = order(in);
        in.space();
        var program = SearchProgram.parseWithCharset(in);
        return new Sort(new SearchRequest(in.lastTag(), uids, returns, order, program));
    }

    private static List<SortKey> order(ImapReader in) throws BadMessage {
        List<SortKey> order = new ArrayList<>();
        in.expect('(');
        do order.add(key(in));
        while (in.take(' '));
        in.expect(')');
        if (order.size() > MOST_KEYS) throw new BadMessage("SORT has too many criteria");
        return order;
    }

    private static SortKey key(ImapReader in) throws BadMessage {
        String word = in.keyword();
        boolean reverse = word.equals("REVERSE");
        if (reverse) {
            in.space();
            word = in.keyword();
        }
        for (var field : SortKey.Field.values()) {
            if (field.name().equals(word)) return new SortKey(field, reverse);
        }
        throw new BadMessage("SORT knows no such criterion");
    }

    @Override
    public Reply run(Selected state, ImapWriter out) throws BadMessage, IOException {
        boolean display = request.order().stream().anyMatch(key -> DISPLAYED.contains(key.field()));
        if (display) state.client().require(Feature.SORT_DISPLAY);
        return request.run("SORT", state, out);
    }
}
