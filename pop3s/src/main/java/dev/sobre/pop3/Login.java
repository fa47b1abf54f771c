package dev.sobre.pop3;

import dev.sobre.mail.Account;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.Authenticator.Verdict;
import dev.sobre.mail.Credentials;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from credentials to an open maildrop, the same for PASS and AUTH. */
record Login(Authenticator authenticator, MailStore store, Locks locks) {

    private static final Logger LOG = LoggerFactory.getLogger(Login.class);

    /** Checks credentials and opens the maildrop; waits for both. */
    Answer with(Credentials credentials, Pop3Session session) {
        var peer = session.connection().remote().getAddress();
        if (authenticator.mayBlock()) session.connection().stepAside();
        return switch (authenticator.verify(credentials, peer)) {
            case Verdict.Granted(Account account) -> open(account, session);
            case Verdict.Denied() -> denied(session, "user name or password is wrong");
            case Verdict.Unavailable(String reason) -> {
                LOG.warn("a login could not be checked: {}", reason);
                yield unavailable("logins can't be checked now, try again later");
            }
            case Verdict.PutOff() ->
                    unavailable("too many wrong passwords came from your address, try again later");
        };
    }

    /** RFC 3206 §4: the credentials are at fault. */
    Answer denied(Pop3Session session, String why) {
        session.connection().loginRefused();
        return Answer.err("[AUTH] " + why);
    }

    private Answer open(Account account, Pop3Session session) {
        if (!locks.take(account.id())) { // RFC 2449 §8.1.1
            return Answer.err("[IN-USE] another session has the maildrop open");
        }
        boolean opened = false;
        try {
            var inbox = store.find(account.id(), Mailbox.INBOX);
            if (inbox.isEmpty()) return unavailable("the maildrop can't be opened now");
            var maildrop = new Maildrop(store, account.id(), inbox.get().id());
            session.loggedIn(account, maildrop);
            opened = true;
            return Answer.ok("the maildrop has " + maildrop.size() + " messages");
        } catch (StoreException e) {
            LOG.error("the inbox of {} can't be opened", account.address(), e);
            return unavailable("the maildrop can't be opened now");
        } finally {
            if (!opened) locks.release(account.id());
        }
    }

    private static Answer unavailable(String why) {
        return Answer.err("[SYS/TEMP] " + why);
    }
}
