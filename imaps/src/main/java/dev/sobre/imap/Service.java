package dev.sobre.imap;

import dev.sobre.mail.Authenticator;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.search.Search;
import java.util.HashSet;
import java.util.Set;

/**
 * What all sessions of one server share.
 *
 * @param offered what is announced and served to whom nothing is switched off
 */
record Service(
        ImapSettings settings,
        MailStore store,
        Authenticator authenticator,
        Search search,
        Set<Feature> offered) {

    Service(ImapSettings settings, MailStore store, Authenticator authenticator, Search search) {
        this(
                settings,
                store,
                authenticator,
                search,
                Feature.without(settings.offer().switchedOff()));
    }

    /** What is announced and served to whom this is switched off. */
    Set<Feature> offeredWithout(Set<String> words) {
        if (words.isEmpty()) return offered;
        Set<String> all = new HashSet<>(settings.offer().switchedOff());
        all.addAll(words);
        return Feature.without(all);
    }
}
