package dev.sobre.imap;

import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.search.SearchKey;
import java.io.IOException;

/** How many messages one command may process. RFC 9738. */
record MessageLimit(long most) {

    private static final MessageLimit NONE = new MessageLimit(Long.MAX_VALUE);

    /** What holds for a client; nobody is limited who is not told so. */
    static MessageLimit of(Client client) {
        if (!client.offers(Feature.MESSAGELIMIT)) return NONE;
        return new MessageLimit(client.service().settings().offer().messagesAtOnce());
    }

    boolean isNone() {
        return equals(NONE);
    }

    boolean allows(long messages) {
        return messages <= most;
    }

    /** RFC 9738 §3.1: of too many messages those with the highest UIDs are processed. */
    Share of(UidSet meant) {
        if (allows(meant.count())) return new Share(meant, "");
        UidSet some = meant.highest(most);
        return new Share(some, code() + " " + some.ranges().getFirst().first());
    }

    /** The same for a search, of which those messages count that it looks at. */
    Share of(SearchKey key, MailboxIndex now, UidSet among) {
        return allows(now.size()) ? new Share(among, "") : of(inQuestion(key, now, among));
    }

    /** The answer to what can't be done in part. RFC 9738 §5: no UID where none is known. */
    Reply refusal(String text) {
        return Reply.no(code(), text);
    }

    private String code() {
        return "MESSAGELIMIT " + most;
    }

    /** The messages that a search looks at, since the UIDs in its key leave them over. */
    static UidSet inQuestion(SearchKey key, MailboxIndex now, UidSet among) {
        return now.existing(among.intersect(scope(key)));
    }

    private static UidSet scope(SearchKey key) {
        return switch (key) {
            case SearchKey.Uids(UidSet set) -> set;
            case SearchKey.Not(SearchKey.Uids(UidSet set)) -> UidSet.ALL.minus(set);
            case SearchKey.And and -> {
                UidSet left = UidSet.ALL;
                for (var each : and.keys()) left = left.intersect(scope(each));
                yield left;
            }
            case SearchKey.Or or -> {
                UidSet any = UidSet.NONE;
                for (var each : or.keys()) any = any.plus(scope(each));
                yield any;
            }
            default -> UidSet.ALL;
        };
    }

    /**
     * What a command may process of the messages that it means.
     *
     * @param code to tell where the lowest of them is; empty when they are all
     */
    record Share(UidSet uids, String code) {

        /** Whether some are left out. */
        boolean isCut() {
            return !code.isEmpty();
        }

        /**
         * The answer to the command, which says too that messages were left out: in a response of
         * its own where the answer has another code.
         */
        Reply told(Reply reply, ImapWriter out) throws IOException {
            if (!isCut()) return reply;
            String told = "only the last " + uids.count() + " messages were processed";
            if (reply.code().isEmpty()) {
                return new Reply(reply.status(), code, told, reply.next());
            }
            out.put("* NO [").put(code).put("] ").text(told).endLine();
            // RFC 9738 §3.1: EXPUNGEISSUED is then in an OK.
            if (!reply.code().equals("EXPUNGEISSUED")) return reply;
            return Reply.ok(reply.text()).code(reply.code());
        }
    }
}
