package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.CommandLimits;
import dev.sobre.imap.wire.ImapInput;
import dev.sobre.imap.wire.ImapOutput;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.NameForm;
import dev.sobre.line.LineConnection;
import dev.sobre.line.sasl.Mechanisms;
import dev.sobre.mail.Account;
import dev.sobre.mail.BlobReader;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.search.Waiter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The client at the other end of one connection, and what we write to it. */
final class Client {

    /** So many messages or mailboxes are gone through in less time than stepping aside takes. */
    private static final int FEW = 2_000;

    /** So many are looked at in the packed index while one is answered. */
    private static final int LOOKS = 10;

    private final LineConnection connection;
    private final Service service;
    private final ImapWriter out;
    private NameForm names = NameForm.MODIFIED_UTF7;
    private final Set<Extension> enabled = EnumSet.noneOf(Extension.class);
    private Optional<Notices> notices = Optional.empty();
    private boolean loggedIn;
    private boolean administrator;
    private boolean compresses; // from the next answer on, until after another
    private boolean compressed;
    private Set<Feature> offered;

    Client(LineConnection connection, Service service) {
        this.connection = connection;
        this.service = service;
        this.offered = service.offered();
        this.out = new ImapWriter(new Output(connection));
    }

    LineConnection connection() {
        return connection;
    }

    /** Whether it has gone: nobody waits for an answer any more. */
    Waiter gone() {
        return () -> !connection.isOpen();
    }

    /** Says how many messages or mailboxes a command goes through: many, beside the event loop. */
    void goThrough(long many) {
        if (many > FEW) connection.stepAside();
    }

    /** Says that a command looks at all messages of an index, and does no more with most. */
    void lookThrough(MailboxIndex index) {
        lookThrough(index, 1);
    }

    /** As {@link #lookThrough(MailboxIndex)}, so many times. */
    void lookThrough(MailboxIndex index, int times) {
        goThrough((long) index.size() * times / LOOKS);
    }

    /** What it may log in with. */
    Mechanisms mechanisms() {
        return Mechanisms.of(connection.tls(), service.authenticator())
                .without(service.settings().offer().withheldMechanisms());
    }

    Service service() {
        return service;
    }

    ImapWriter out() {
        return out;
    }

    /** From now on what is switched off for the account is neither announced nor served. */
    void loggedIn(Account account) {
        loggedIn = true;
        administrator = account.administrator();
        offered = service.offeredWithout(account.switchedOff());
        connection.loggedIn(account.address());
    }

    /** Nothing of the login is left, and nothing of what was enabled after it. RFC 8437 §3. */
    void loggedOut() {
        loggedIn = false;
        administrator = false;
        offered = service.offered();
        compresses = false; // RFC 8437 §4.1
        enabled.clear();
        names(NameForm.MODIFIED_UTF7);
        connection.loggedOut();
    }

    /** After the answer under way, what is said and heard is compressed. */
    void compress() {
        compresses = true;
    }

    boolean compresses() {
        return compresses;
    }

    /** Begins or ends, after an answer, what the answer has announced. */
    void answered() {
        if (compressed == compresses) return;
        compressed = compresses;
        if (compressed) connection.beginCompression();
        else connection.endCompression();
    }

    /** Whether a feature is announced to this client and served. */
    boolean offers(Feature feature) {
        return offered.contains(feature);
    }

    /** Refuses what belongs to a feature that is not offered to this client. */
    void require(Feature feature) throws BadMessage {
        if (!offers(feature)) {
            throw new BadMessage(feature.capability() + " is not offered here");
        }
    }

    boolean isLoggedIn() {
        return loggedIn;
    }

    /** From now on names of mailboxes are said and heard in this form. */
    private void names(NameForm form) {
        names = form;
        out.names(form);
    }

    /** Takes note that the client understands an extension; false when it was known to. */
    boolean enable(Extension extension) {
        boolean more = enabled.add(extension);
        // RFC 7162 §3.2.3: who knows QRESYNC knows CONDSTORE.
        if (extension == Extension.QRESYNC) enabled.add(Extension.CONDSTORE);
        if (extension == Extension.UTF8_ACCEPT || extension == Extension.IMAP4REV2) {
            names(NameForm.UTF8);
        }
        return more;
    }

    boolean has(Extension extension) {
        return enabled.contains(extension);
    }

    /** Whether it logged in as an administrator, who may no longer be one. */
    boolean isAdministrator() {
        return administrator;
    }

    /** What the client has asked to hear of, in place of what it asked before. */
    void notices(Optional<Notices> wanted) {
        notices.ifPresent(Notices::close);
        notices = wanted;
    }

    Optional<Notices> notices() {
        return notices;
    }

    /** Waits for a command. */
    ImapReader nextCommand() throws IOException {
        return new ImapReader(connection.readCommand(), new Input(this), limits(), names);
    }

    /** Sends a continuation request (RFC 3501 §7.5) and reads the line that answers it. */
    byte[] ask(String text) throws IOException {
        invite(text);
        return connection.readLine();
    }

    /** Sends a continuation request. */
    void invite(String text) throws IOException {
        out.put("+ ").put(text).endLine();
        out.handOn();
    }

    private CommandLimits limits() {
        long pushed =
                offers(Feature.LITERAL_MINUS)
                        ? CommandLimits.LITERAL_MINUS
                        : CommandLimits.NONE_PUSHED;
        if (!loggedIn) {
            int most = ImapSettings.PRE_LOGIN_COMMAND;
            return new CommandLimits(most, pushed, most);
        }
        if (offers(Feature.LITERAL_PLUS)) pushed = Long.MAX_VALUE;
        var sizes = service.settings().sizes();
        return new CommandLimits(sizes.command(), pushed, 2 * sizes.message());
    }

    /** The connection, as the grammar reads it. */
    private record Input(Client client) implements ImapInput {
        @Override
        public byte[] line() throws IOException {
            return client.connection.readLine();
        }

        @Override
        public ByteBuffer octets() throws IOException {
            return client.connection.input();
        }

        @Override
        public void consume(int octets) {
            client.connection.consume(octets);
        }

        @Override
        public void invite() throws IOException {
            client.invite("go on");
        }
    }

    /** The connection, as the grammar writes to it. */
    private record Output(LineConnection connection) implements ImapOutput {
        @Override
        public void write(byte[] octets, int from, int length) throws IOException {
            connection.write(octets, from, length);
        }

        @Override
        public void writeBody(BlobReader body, long offset, long length) throws IOException {
            connection.writeBody(offset, length, body::read);
        }
    }
}
