package dev.sobre.imap;

import dev.sobre.mail.Authenticator;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.search.Search;

/** What all sessions of one server share. */
record Service(ImapSettings settings, MailStore store, Authenticator authenticator, Search search) {

    /** Whether a feature is announced and served here. */
    boolean offers(Feature feature) {
        return !settings.withheld().contains(feature.capability());
    }
}
