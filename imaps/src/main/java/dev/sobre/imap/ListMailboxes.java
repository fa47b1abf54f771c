package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.StatusItem.Look;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Rights;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * LIST: the mailboxes that match a pattern, with \HasChildren (RFC 3348) and their special use (RFC
 * 6154). RFC 9051 §6.3.9; extended as RFC 5258 says.
 *
 * @param extended whether the client used anything of RFC 5258
 */
record ListMailboxes(
        ListSelection selection,
        String reference,
        List<String> patterns,
        ListReturn returned,
        boolean extended)
        implements Command<LoggedIn> {

    static ListMailboxes parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        boolean extended = in.isNext('(');
        var selection = ListSelection.ALL;
        if (extended) {
            selection = ListSelection.parse(in);
            in.space();
        }
        String reference = in.mailbox();
        in.space();
        boolean several = in.isNext('(');
        List<String> patterns = several ? ListPatterns.parse(in) : List.of(in.listMailbox());
        var returned = ListReturn.PLAIN;
        boolean returning = in.take(' ');
        if (returning) {
            if (!in.keyword().equals("RETURN")) throw new BadMessage("RETURN is missing");
            in.space();
            returned = ListReturn.parse(in);
        }
        in.endOfLine();
        extended |= several || returning;
        return new ListMailboxes(selection, reference, patterns, returned, extended);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException, BadMessage {
        if (extended) requireOffered(state.client());
        if (!extended && patterns.getFirst().isEmpty()) {
            // RFC 9051 §6.3.9: asks for the separator and the root of the reference.
            out.put("* LIST (\\Noselect) \"/\" \"\"").endLine();
            return Reply.ok("LIST completed");
        }
        var wanted = ListPatterns.of(reference, patterns);
        state.client().goThrough(wanted.cost());
        var run = new Run(state, wanted, out);
        for (Mailbox mailbox : run.candidates()) run.tell(mailbox);
        return Reply.ok("LIST completed");
    }

    private void requireOffered(Client client) throws BadMessage {
        // RFC 6154 §4 needs no more than its own option.
        boolean uses = selection.specialUse() || returned.specialUse();
        if (uses) client.require(Feature.SPECIAL_USE);
        boolean more = selection.subscribed() || returned.subscribed() || patterns.size() > 1;
        if (more || !uses) client.require(Feature.LIST_EXTENDED);
        returned.requireOffered(client);
    }

    /** The names of one account at one moment, and which of them are told. */
    private final class Run {

        private final LoggedIn state;
        private final ListPatterns wanted;
        private final ImapWriter out;
        private final Collection<Mailbox> all;
        private final Set<String> parents; // of what exists
        private final Set<String> above; // parents of what is selected
        private final Set<String> aboveHidden; // of what is selected but not matched

        Run(LoggedIn state, ListPatterns wanted, ImapWriter out) {
            this.state = state;
            this.wanted = wanted;
            this.out = out;
            this.all = state.login().mailboxes();
            this.parents = MailboxTree.parents(all.stream().filter(Mailbox::exists).toList());
            List<Mailbox> selected = selection.recursive() ? selected() : List.of();
            this.above = MailboxTree.parents(selected);
            this.aboveHidden =
                    MailboxTree.parents(
                            selected.stream().filter(m -> !wanted.match(m.name())).toList());
        }

        private List<Mailbox> selected() {
            return all.stream().filter(this::isSelected).toList();
        }

        private boolean isSelected(Mailbox mailbox) {
            return selection.matches(mailbox, parents.contains(mailbox.name()));
        }

        /** All names, with parents that are neither mailboxes nor subscribed. */
        Iterable<Mailbox> candidates() {
            var names = new TreeMap<String, Mailbox>();
            var nobody = new MailboxId(state.login().account().id(), 0);
            for (String name : above) {
                names.put(name, new Mailbox(nobody, name, false, false, Optional.empty()));
            }
            for (Mailbox mailbox : all) names.put(mailbox.name(), mailbox);
            return names.values();
        }

        void tell(Mailbox mailbox) throws IOException {
            String name = mailbox.name();
            boolean matched = isSelected(mailbox);
            // RFC 5258 §3.3: a parent that is not selected stands for what is not shown itself.
            if (!matched && !aboveHidden.contains(name)) return;
            if (!wanted.match(name)) return;
            Rights rights = mailbox.exists() ? state.login().rights(mailbox.id()) : Rights.NONE;
            boolean asked = wantsStatus() && matched && rights.has('r');
            Optional<Look> look = asked ? look(mailbox) : Optional.empty();
            boolean there = mailbox.exists() && !(asked && look.isEmpty());
            out.put("* LIST (").put(attributes(mailbox, there, rights));
            out.put(") \"/\" ").mailbox(name);
            if (above.contains(name)) {
                selection.childInfo().ifPresent(info -> out.put(" (").put(info).put(')'));
            }
            out.endLine();
            if (returned.myRights() && matched && there) {
                MyRights.write(name, rights, out);
            }
            if (!returned.metadata().isEmpty() && matched && there && Annotations.mayUse(rights)) {
                Annotations.of(mailbox, state).write(name, returned.metadata(), out);
            }
            if (look.isPresent()) Status.write(name, look.get(), returned.status(), out);
        }

        private boolean wantsStatus() {
            return !returned.status().isEmpty();
        }

        /** RFC 5819 §2: a mailbox that was deleted meanwhile has no STATUS. */
        private Optional<Look> look(Mailbox mailbox) {
            try {
                return Optional.of(new Look(state.client(), mailbox.id()));
            } catch (StoreException e) {
                if (e.reason() != StoreException.Reason.MISSING) throw e;
                return Optional.empty();
            }
        }

        private String attributes(Mailbox mailbox, boolean there, Rights rights) {
            var client = state.client();
            List<String> attributes = new ArrayList<>();
            // RFC 5258 §3: \NonExistent implies \Noselect, which RFC 3501 knows alone.
            if (!there) attributes.add(extended ? "\\NonExistent" : "\\Noselect");
            else if (!rights.has('r')) attributes.add("\\Noselect");
            boolean subscriptions = selection.subscribed() || returned.subscribed();
            if (subscriptions && mailbox.subscribed()) attributes.add("\\Subscribed");
            if (client.offers(Feature.CHILDREN)) {
                boolean parent = parents.contains(mailbox.name());
                attributes.add(parent ? "\\HasChildren" : "\\HasNoChildren");
            }
            if (client.offers(Feature.SPECIAL_USE)) {
                mailbox.use().ifPresent(use -> attributes.add(use.attribute()));
            }
            return String.join(" ", attributes);
        }
    }
}
