package dev.sobre.imap;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.sobre.imap.State.Authenticated;
import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.State.NotAuthenticated;
import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import java.util.Map;
import java.util.stream.Stream;

/** The table of commands: name, the state each needs, its parser, the capability it belongs to. */
final class Verbs {

    private static final Map<String, Verb<?>> TABLE =
            table(
                    row("CAPABILITY", State.class, Capability::parse, Feature.IMAP4REV1),
                    row("NOOP", State.class, Noop::parse, Feature.IMAP4REV1),
                    row("LOGOUT", State.class, Logout::parse, Feature.IMAP4REV1),
                    row("ID", State.class, Id::parse, Feature.ID),
                    row("LOGIN", NotAuthenticated.class, PlainLogin::parse, Feature.IMAP4REV1),
                    row(
                            "AUTHENTICATE",
                            NotAuthenticated.class,
                            Authenticate::parse,
                            Feature.IMAP4REV1),
                    row("ENABLE", Authenticated.class, Enable::parse, Feature.ENABLE),
                    row(
                            "UNAUTHENTICATE",
                            LoggedIn.class,
                            Unauthenticate::parse,
                            Feature.UNAUTHENTICATE),
                    row("COMPRESS", LoggedIn.class, Compress::parse, Feature.COMPRESS_DEFLATE),
                    row("SELECT", LoggedIn.class, Select::select, Feature.IMAP4REV1),
                    row("EXAMINE", LoggedIn.class, Select::examine, Feature.IMAP4REV1),
                    row("CREATE", LoggedIn.class, Create::parse, Feature.IMAP4REV1),
                    row("DELETE", LoggedIn.class, Delete::parse, Feature.IMAP4REV1),
                    row("RENAME", LoggedIn.class, Rename::parse, Feature.IMAP4REV1),
                    row("SUBSCRIBE", LoggedIn.class, Subscribe::subscribe, Feature.IMAP4REV1),
                    row("UNSUBSCRIBE", LoggedIn.class, Subscribe::unsubscribe, Feature.IMAP4REV1),
                    row("LIST", LoggedIn.class, ListMailboxes::parse, Feature.IMAP4REV1),
                    row("LSUB", LoggedIn.class, Lsub::parse, Feature.IMAP4REV1),
                    row("STATUS", LoggedIn.class, Status::parse, Feature.IMAP4REV1),
                    row("APPEND", LoggedIn.class, Append::parse, Feature.IMAP4REV1),
                    row("NAMESPACE", LoggedIn.class, Namespace::parse, Feature.NAMESPACE),
                    row("GETQUOTA", LoggedIn.class, GetQuota::parse, Feature.QUOTA),
                    row("GETQUOTAROOT", LoggedIn.class, GetQuotaRoot::parse, Feature.QUOTA),
                    row("SETQUOTA", LoggedIn.class, SetQuota::parse, Feature.QUOTASET),
                    row("GETACL", LoggedIn.class, GetAcl::parse, Feature.ACL),
                    row("SETACL", LoggedIn.class, SetAcl::parse, Feature.ACL),
                    row("DELETEACL", LoggedIn.class, SetAcl::delete, Feature.ACL),
                    row("LISTRIGHTS", LoggedIn.class, ListRights::parse, Feature.ACL),
                    row("GETMETADATA", LoggedIn.class, GetMetadata::parse, Feature.METADATA),
                    row("SETMETADATA", LoggedIn.class, SetMetadata::parse, Feature.METADATA),
                    row("NOTIFY", LoggedIn.class, Notify::parse, Feature.NOTIFY),
                    row("MYRIGHTS", LoggedIn.class, MyRights::parse, Feature.ACL),
                    row("IDLE", LoggedIn.class, Idle::parse, Feature.IDLE),
                    row("CHECK", Selected.class, Check::parse, Feature.IMAP4REV1),
                    row("CLOSE", Selected.class, Close::close, Feature.IMAP4REV1),
                    row("UNSELECT", Selected.class, Close::unselect, Feature.UNSELECT),
                    row("EXPUNGE", Selected.class, Expunge::parse, Feature.IMAP4REV1),
                    row("UID EXPUNGE", Selected.class, Expunge::parseUid, Feature.UIDPLUS),
                    row("SEARCH", Selected.class, Search::parse, Feature.IMAP4REV1).quiet(),
                    row("UID SEARCH", Selected.class, Search::parseUid, Feature.IMAP4REV1),
                    row("ESEARCH", LoggedIn.class, MultiSearch::parse, Feature.MULTISEARCH),
                    row("SORT", Selected.class, Sort::parse, Feature.SORT).quiet(),
                    row("UID SORT", Selected.class, Sort::parseUid, Feature.SORT),
                    row("THREAD", Selected.class, ThreadMessages::parse, Feature.IMAP4REV1).quiet(),
                    row("UID THREAD", Selected.class, ThreadMessages::parseUid, Feature.IMAP4REV1),
                    row(
                            "CANCELUPDATE",
                            Selected.class,
                            CancelUpdate::parse,
                            Feature.CONTEXT_SEARCH),
                    row("FETCH", Selected.class, Fetch::parse, Feature.IMAP4REV1).quiet(),
                    row("UID FETCH", Selected.class, Fetch::parseUid, Feature.IMAP4REV1),
                    row("STORE", Selected.class, Store::parse, Feature.IMAP4REV1).quiet(),
                    row("UID STORE", Selected.class, Store::parseUid, Feature.IMAP4REV1),
                    row("UIDBATCHES", Selected.class, UidBatches::parse, Feature.UIDBATCHES),
                    row("REPLACE", Selected.class, Replace::parse, Feature.REPLACE),
                    row("UID REPLACE", Selected.class, Replace::parseUid, Feature.REPLACE),
                    row("COPY", Selected.class, Copy::parse, Feature.IMAP4REV1),
                    row("UID COPY", Selected.class, Copy::parseUid, Feature.IMAP4REV1),
                    row("MOVE", Selected.class, Move::parse, Feature.MOVE),
                    row("UID MOVE", Selected.class, Move::parseUid, Feature.MOVE));

    private Verbs() {}

    /** Reads the name of a command that is served here. */
    static Verb<?> read(ImapReader in, Client client) throws BadMessage {
        Verb<?> verb = read(in);
        if (!client.offers(verb.feature())) throw unknown();
        if (client.has(Extension.UIDONLY) && isNumbered(verb.name())) throw numbered();
        return verb;
    }

    /** Whether a command speaks of messages by their sequence numbers. */
    private static boolean isNumbered(String name) {
        return TABLE.containsKey("UID " + name) && !name.equals("EXPUNGE");
    }

    /** RFC 9586 §3.1: who has enabled UIDONLY must not use sequence numbers. */
    static BadMessage numbered() {
        return new BadMessage(
                BadMessage.Weight.NUMBERED, "messages have no numbers here but their UIDs");
    }

    /** Reads the name of a command, served here or not. */
    static Verb<?> read(ImapReader in) throws BadMessage {
        String name = in.keyword();
        if (name.equals("UID")) {
            in.space();
            name = "UID " + in.keyword();
        }
        Verb<?> verb = TABLE.get(name);
        if (verb == null) throw unknown();
        return verb;
    }

    private static BadMessage unknown() {
        return new BadMessage("there is no such command here");
    }

    private static <S extends State> Verb<S> row(
            String name, Class<S> state, Verb.Parser<S> parser, Feature feature) {
        return new Verb<>(name, state, parser, feature, Verb.News.ALL);
    }

    private static Map<String, Verb<?>> table(Verb<?>... rows) {
        return Stream.of(rows).collect(toUnmodifiableMap(Verb::name, row -> row));
    }
}
