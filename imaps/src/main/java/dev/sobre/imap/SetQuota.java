package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.AccountChange;
import dev.sobre.mail.Quota;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** SETQUOTA: changes what an account may hold; for administrators. RFC 9208 §4.1.3. */
record SetQuota(String root, Quota quota) implements Command<LoggedIn> {

    static SetQuota parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String root = in.astring();
        in.space();
        in.expect('(');
        var quota = in.take(')') ? Quota.NONE : limits(in);
        in.endOfLine();
        return new SetQuota(root, quota);
    }

    /** What is not named is no longer limited. */
    private static Quota limits(ImapReader in) throws BadMessage {
        long octets = 0;
        long messages = 0;
        do {
            String resource = in.keyword();
            in.space();
            long limit = in.number();
            switch (resource) {
                case "STORAGE" -> octets = QuotaRoot.octets(limit);
                case "MESSAGE" -> messages = limit;
                default -> throw new BadMessage("STORAGE and MESSAGE can be limited");
            }
            // A quota of nothing is not kept here: 0 stands for no limit.
            if (limit == 0) throw new BadMessage("a limit is above zero");
        } while (in.take(' '));
        in.expect(')');
        return new Quota(octets, messages);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException, BadMessage {
        if (quota.octets() > 0) state.client().require(Feature.QUOTA_STORAGE);
        if (quota.messages() > 0) state.client().require(Feature.QUOTA_MESSAGE);
        if (!state.login().administers()) {
            return Reply.no("NOPERM", "only administrators change quotas");
        }
        Optional<QuotaRoot> found = QuotaRoot.named(root, state);
        if (found.isEmpty()) return Reply.no("NONEXISTENT", "there is no such quota root");
        var limit = List.<AccountChange>of(new AccountChange.Limit(quota));
        var changed = state.store().accounts().change(found.get().account().id(), limit);
        new QuotaRoot(changed).write(state, out);
        return Reply.ok("SETQUOTA completed");
    }
}
