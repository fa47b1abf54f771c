package dev.sobre.imap;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** All mailboxes at one moment, as far as events of them are wanted by NOTIFY. RFC 5465 §5. */
final class WatchedMailboxes {

    /** One name, and what was looked at there; counters and entries only where they are wanted. */
    private record Place(
            Mailbox mailbox,
            Set<NotifyEvent> events,
            boolean readable,
            Optional<MailboxState> state,
            SortedMap<String, ByteBuffer> entries) {}

    private static final SortedMap<String, ByteBuffer> NO_ENTRIES = new TreeMap<>();

    private final Login login;
    private final SortedMap<String, Place> places = new TreeMap<>();
    private final Map<MailboxId, String> names = new HashMap<>(); // of those that exist
    private final Set<String> parents;
    private final Optional<SortedMap<String, ByteBuffer>> server;

    private WatchedMailboxes(Login login, List<EventGroup> groups) {
        this.login = login;
        for (Mailbox mailbox : login.mailboxes()) {
            places.put(mailbox.name(), place(mailbox, groups));
            if (mailbox.exists()) names.put(mailbox.id(), mailbox.name());
        }
        this.parents =
                MailboxTree.parents(
                        places.values().stream()
                                .map(Place::mailbox)
                                .filter(Mailbox::exists)
                                .toList());
        boolean wanted =
                groups.stream()
                        .anyMatch(g -> g.events().contains(NotifyEvent.SERVER_METADATA_CHANGE));
        this.server =
                wanted
                        ? Optional.of(store().metadata().of(login.account().id()))
                        : Optional.empty();
    }

    static WatchedMailboxes look(Login login, List<EventGroup> groups) {
        return new WatchedMailboxes(login, groups);
    }

    private Place place(Mailbox mailbox, List<EventGroup> groups) {
        Set<NotifyEvent> events = EnumSet.noneOf(NotifyEvent.class);
        boolean own = login.isOwn(mailbox.name());
        for (EventGroup group : groups) {
            if (group.means(mailbox, own)) events.addAll(group.events());
        }
        // RFC 5465 §5: all events need "l", which whatever is listed has, and "r".
        boolean readable = mailbox.exists() && login.rights(mailbox.id()).has('r');
        if (!readable) return new Place(mailbox, events, false, Optional.empty(), NO_ENTRIES);
        boolean annotated = events.contains(NotifyEvent.MAILBOX_METADATA_CHANGE);
        try {
            return new Place(
                    mailbox,
                    events,
                    true,
                    events.contains(NotifyEvent.MESSAGE_NEW)
                            ? Optional.of(store().state(mailbox.id()))
                            : Optional.empty(),
                    annotated ? store().metadata().of(mailbox.id()) : NO_ENTRIES);
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.MISSING) throw e;
            return new Place(mailbox, events, false, Optional.empty(), NO_ENTRIES);
        }
    }

    private MailStore store() {
        return login.client().service().store();
    }

    /** The accounts that the mailboxes belong to. */
    Set<AccountId> owners() {
        return names.keySet().stream().map(MailboxId::account).collect(toUnmodifiableSet());
    }

    /** Counters of what is watched, and what can't be. RFC 5465 §3.1. */
    void introduce(boolean status, Optional<MailboxId> selected, ImapWriter out)
            throws IOException {
        for (Place place : places.values()) {
            Mailbox mailbox = place.mailbox;
            if (place.events.isEmpty() || !mailbox.exists()) continue;
            if (!place.readable) {
                out.put("* LIST (\\NoAccess) \"/\" ").mailbox(mailbox.name()).endLine();
            } else if (status && place.state.isPresent() && !isSelected(mailbox, selected)) {
                writeStatus(place, out);
            }
        }
    }

    private static boolean isSelected(Mailbox mailbox, Optional<MailboxId> selected) {
        return selected.filter(mailbox.id()::equals).isPresent();
    }

    /** Tells of what is otherwise than it was. */
    void tellSince(WatchedMailboxes before, Optional<MailboxId> selected, ImapWriter out)
            throws IOException {
        tellNames(before, out);
        for (Place now : places.values()) {
            Place then = before.places.get(now.mailbox.name());
            if (then == null || !then.mailbox.id().equals(now.mailbox.id())) continue;
            if (!isSelected(now.mailbox, selected)) tellCounters(then, now, out);
            if (then.readable && now.readable) {
                tellEntries(now.mailbox.name(), then.entries, now.entries, out);
            }
        }
        if (server.isPresent() && before.server.isPresent()) {
            tellEntries("", before.server.get(), server.get(), out);
        }
    }

    // Names. RFC 5465 §5.4, §5.5.

    private void tellNames(WatchedMailboxes before, ImapWriter out) throws IOException {
        Set<String> affected = new TreeSet<>();
        for (var entry : names.entrySet()) {
            String old = before.names.get(entry.getKey());
            if (old == null) affect(entry.getValue(), affected);
            else if (!old.equals(entry.getValue())) tellRenamed(old, entry.getValue(), before, out);
        }
        before.names.forEach(
                (id, name) -> {
                    if (!names.containsKey(id)) affect(name, affected);
                });
        for (String name : affected) {
            if (wants(name, NotifyEvent.MAILBOX_NAME, before)) writeList(name, "", out);
        }
        Set<String> all = new TreeSet<>(places.keySet());
        all.addAll(before.places.keySet());
        for (String name : all) {
            if (isSubscribed(name) == before.isSubscribed(name)) continue;
            if (wants(name, NotifyEvent.SUBSCRIPTION_CHANGE, before)) writeList(name, "", out);
        }
    }

    private static void affect(String name, Set<String> affected) {
        affected.add(name);
        int slash = name.lastIndexOf(Mailbox.SEPARATOR);
        if (slash > 0) affected.add(name.substring(0, slash));
    }

    /** RFC 5465 §5.4: no word of children that only go with their parent. */
    private void tellRenamed(String old, String name, WatchedMailboxes before, ImapWriter out)
            throws IOException {
        if (goesWithParent(old, name, before)) return;
        if (wants(name, NotifyEvent.MAILBOX_NAME, before) || before.wants(old)) {
            writeList(name, old, out);
        }
    }

    private boolean goesWithParent(String old, String name, WatchedMailboxes before) {
        int slash = old.lastIndexOf(Mailbox.SEPARATOR);
        if (slash <= 0) return false;
        String parent = old.substring(0, slash);
        return Optional.ofNullable(before.places.get(parent))
                .flatMap(place -> Optional.ofNullable(names.get(place.mailbox.id())))
                .filter(now -> !now.equals(parent) && name.equals(now + old.substring(slash)))
                .isPresent();
    }

    private boolean wants(String name) {
        Place place = places.get(name);
        return place != null && place.events.contains(NotifyEvent.MAILBOX_NAME);
    }

    private boolean wants(String name, NotifyEvent event, WatchedMailboxes before) {
        Place now = places.get(name);
        Place then = before.places.get(name);
        return (now != null && now.events.contains(event))
                || (then != null && then.events.contains(event));
    }

    private boolean isSubscribed(String name) {
        Place place = places.get(name);
        return place != null && place.mailbox.subscribed();
    }

    private void writeList(String name, String old, ImapWriter out) throws IOException {
        Optional<Mailbox> mailbox =
                Optional.ofNullable(places.get(name)).map(Place::mailbox).filter(Mailbox::exists);
        out.put("* LIST (");
        if (mailbox.isEmpty()) out.put("\\NonExistent ");
        if (isSubscribed(name)) out.put("\\Subscribed ");
        out.put(parents.contains(name) ? "\\HasChildren" : "\\HasNoChildren");
        if (login.client().offers(Feature.SPECIAL_USE)) {
            mailbox.flatMap(Mailbox::use).ifPresent(use -> out.put(' ').put(use.attribute()));
        }
        out.put(") \"/\" ").mailbox(name);
        if (!old.isEmpty()) out.put(" (\"OLDNAME\" (").mailbox(old).put("))");
        out.endLine();
    }

    // Counters. RFC 5465 §5.1 to §5.3.

    private void tellCounters(Place then, Place now, ImapWriter out) throws IOException {
        if (then.state.isEmpty() || now.state.isEmpty()) return;
        MailboxState old = then.state.get();
        MailboxState state = now.state.get();
        boolean flags =
                now.events.contains(NotifyEvent.FLAG_CHANGE)
                        && (old.unseen() != state.unseen()
                                || (modSeqs() && old.highestModSeq() != state.highestModSeq()));
        if (!old.holdsTheSameAs(state) || flags) writeStatus(now, out);
    }

    private void writeStatus(Place place, ImapWriter out) throws IOException {
        MailboxState state = place.state.orElseThrow();
        out.put("* STATUS ").mailbox(place.mailbox.name());
        out.put(" (MESSAGES ").number(state.messages());
        out.put(" UIDNEXT ").number(state.uidNext());
        out.put(" UIDVALIDITY ").number(state.uidValidity());
        if (place.events.contains(NotifyEvent.FLAG_CHANGE)) {
            out.put(" UNSEEN ").number(state.unseen());
        }
        if (modSeqs()) out.put(" HIGHESTMODSEQ ").number(state.highestModSeq());
        out.put(')').endLine();
    }

    private boolean modSeqs() {
        return login.client().offers(Feature.CONDSTORE);
    }

    // Entries. RFC 5465 §5.6, §5.7.

    private static void tellEntries(
            String mailbox,
            SortedMap<String, ByteBuffer> then,
            SortedMap<String, ByteBuffer> now,
            ImapWriter out)
            throws IOException {
        Set<String> changed = new TreeSet<>(then.keySet());
        changed.addAll(now.keySet());
        changed.removeIf(name -> Objects.equals(then.get(name), now.get(name)));
        if (changed.isEmpty()) return;
        out.put("* METADATA ").mailbox(mailbox);
        for (String name : changed) out.put(' ').astring(name);
        out.endLine();
    }
}
