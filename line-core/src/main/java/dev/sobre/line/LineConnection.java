package dev.sobre.line;

import dev.sobre.tls.Appetite;
import dev.sobre.tls.Peer;
import dev.sobre.tls.TlsInfo;
import dev.sobre.tls.Traffic;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A secured connection as its session sees it: blocking, bounded reads of lines and octets, and
 * writes that gather. Used by the session's thread only, but for {@link #wake} and what the server
 * calls.
 *
 * <p>Reads throw {@link EndOfStream} when the client is gone and {@link SessionEnded} when the
 * server ends the session; a session lets both pass.
 */
public final class LineConnection {

    private static final Logger LOG = LoggerFactory.getLogger(LineConnection.class);
    private static final Inbox.Room PRE_LOGIN_INBOX = new Inbox.Room(4 * 1024, 36 * 1024);

    /** Nothing is lost of a mail that somebody sends in one go with the FIN behind it. */
    private static final Inbox.Room INBOX = new Inbox.Room(128 * 1024, 8 * 1024 * 1024);

    private static final int MOST_REFUSED_LOGINS = 5;

    private final String service;
    private final long id;
    private final Channel channel;
    private final InetSocketAddress remote;
    private final TlsInfo tls;
    private final Limits limits;
    private final Inbox inbox;
    private final Outbox outbox;
    private final LineInput input;
    private final LineOutput output;
    private final Instant since = Instant.now();
    private final Carrier carrier;
    private final Sleeper sleeper;
    private final Followed followed;
    private volatile @Nullable String user;
    private volatile boolean woken;
    private volatile @Nullable Farewell dismissed;
    private volatile boolean cutShort;
    private int refusedLogins;
    private long loginBy; // as the sleeper counts

    LineConnection(String service, long id, Channel channel, TlsInfo tls, Limits limits) {
        this.service = service;
        this.id = id;
        this.channel = channel;
        this.remote = Peer.address(channel);
        this.tls = tls;
        this.limits = limits;
        this.loginBy = limits.loginTime().toNanos();
        this.inbox = new Inbox(channel, PRE_LOGIN_INBOX);
        this.outbox = inbox.outbox();
        this.carrier = new Carrier(channel.eventLoop());
        this.sleeper = new Sleeper(inbox, carrier);
        this.output = new LineOutput(channel, outbox, sleeper, limits.writeStall());
        this.followed = new Followed(service, id);
        this.input =
                new LineInput(
                        inbox, carrier, limits.preLoginOctets(), () -> sleepUntilInput(false));
    }

    /** A number that names the connection within its server. */
    public long id() {
        return id;
    }

    /** The id by which users and administrators call the connection: {@code imaps-17}. */
    public String name() {
        return service + "-" + id;
    }

    /** The client's address, as {@link Peer} knows it. */
    public InetSocketAddress remote() {
        return remote;
    }

    /** What the TLS handshake agreed on. */
    public TlsInfo tls() {
        return tls;
    }

    /** Says who is logged in; from now on the limits of logged-in clients hold. */
    public void loggedIn(String name) {
        user = name;
        checkTraced();
        input.allowAll();
        Appetite.full(channel);
        inbox.room(INBOX);
    }

    /** Says that nobody is logged in any more; the time for a login begins anew. */
    public void loggedOut() {
        user = null;
        loginBy = sleeper.now() + limits.loginTime().toNanos();
    }

    /**
     * Notes in the log that a login was refused: not whose, as people type passwords there. A
     * client that goes on guessing is sent away after the answer to this one.
     */
    public void loginRefused() {
        LOG.info("{}: login from {} refused", service, remote.getAddress().getHostAddress());
        if (++refusedLogins >= MOST_REFUSED_LOGINS) dismiss(Farewell.LOGINS_REFUSED);
    }

    /**
     * Notes in the log what is refused, and ends its words with the session's name, by which an
     * administrator finds there what a user complains of.
     *
     * @param code what stands before the text, and is logged with it
     */
    public String signed(String code, String text) {
        LOG.info("refused: {}{}", code, text.replaceAll("\\p{Cntrl}", "?"));
        return text + " (session " + name() + ")";
    }

    /**
     * Ends the session with a farewell, when the command under way is done; from any thread. The
     * first reason is the one that is told.
     */
    public void dismiss(Farewell why) {
        if (dismissed == null) dismissed = why;
        inbox.wake();
    }

    /**
     * Reads a command's line, without its end (CRLF or a bare LF). Here, between commands, the idle
     * time-out and {@link #dismiss} take effect.
     *
     * @throws LineTooLong when it is over the limit; the line has been taken, reading can go on
     */
    public byte[] readCommand() throws IOException {
        carrier.commandOver();
        checkDismissed();
        while (!hasInput()) sleepUntilInput(true);
        return readLine();
    }

    /**
     * Reads a line that continues a command, without its end.
     *
     * @throws LineTooLong when it is over the limit; the line has been taken, reading can go on
     */
    public byte[] readLine() throws IOException {
        byte[] line = input.line(user == null ? limits.preLoginLine() : limits.line());
        followed.client(line);
        return line;
    }

    /** Waits for input and shows, without a copy, the first octets of it; see {@link #consume}. */
    public ByteBuffer input() throws IOException {
        return input.view();
    }

    /** Takes octets that {@link #input} showed. */
    public void consume(int octets) {
        input.consume(octets);
    }

    /** Reads exactly {@code length} octets. */
    public void readFully(byte[] into, int from, int length) throws IOException {
        input.readFully(into, from, length);
    }

    /** Reads octets and drops them. */
    public void skip(long octets) throws IOException {
        input.skip(octets);
    }

    /**
     * From now on what is sent is compressed by DEFLATE, without a header, and what comes is taken
     * to be: to be called between commands, when the client has been told.
     */
    public void beginCompression() {
        outbox.compress(true);
        input.inflate(new Inflation(inbox, channel.alloc()));
    }

    /** From now on nothing is compressed. */
    public void endCompression() {
        outbox.compress(false);
        input.plain();
    }

    /** Whether something can be read without waiting. */
    public boolean hasInput() throws IOException {
        return input.isReady();
    }

    /**
     * Sends what is gathered and waits, between commands, for input or for {@link #wake}. A wake
     * that came before counts.
     */
    public Wait await(Duration atMost) throws IOException {
        flush();
        carrier.commandOver();
        long until = sleeper.now() + atMost.toNanos();
        while (true) {
            checkDismissed();
            if (woken) {
                woken = false;
                return Wait.WOKEN;
            }
            if (hasInput()) return Wait.INPUT;
            checkEnd();
            if (sleeper.now() >= until) return Wait.TIMED_OUT;
            sleeper.sleep(
                    until,
                    () ->
                            !woken
                                    && inbox.isEmpty()
                                    && dismissed == null
                                    && inbox.end() == Inbox.End.OPEN);
        }
    }

    /** Whether the client may still get what is written; from any thread. */
    public boolean isOpen() {
        return channel.isActive();
    }

    /** Ends an {@link #await}, now or the next; from any thread. */
    public void wake() {
        woken = true;
        inbox.wake();
    }

    /**
     * Says that what the session does next takes time: over a millisecond without a wait. Until it
     * awaits the next command it does not run on the event loop then, which serves others. A long
     * answer need not say so: between its pieces this is looked after.
     */
    public void stepAside() {
        carrier.stepAside();
    }

    public void write(byte[] octets) throws IOException {
        write(octets, 0, octets.length);
    }

    /** Sends octets; waits while the client does not read what was sent before. */
    public void write(byte[] octets, int from, int length) throws IOException {
        followed.server(octets, from, length);
        output.write(octets, from, length);
        carrier.piece();
    }

    public void write(ByteBuffer octets) throws IOException {
        followed.server(octets);
        output.write(octets);
        carrier.piece();
    }

    /** Writes text in UTF-8. */
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends {@code length} octets of a source from {@code offset} on, read on this thread into
     * pooled buffers that TLS encrypts from, and never far ahead of the client.
     *
     * @throws IOException when the source has fewer; the promise to the client is broken then, so
     *     the session must let it pass
     */
    public void writeBody(long offset, long length, OctetSource source) throws IOException {
        followed.body(length);
        output.writeBody(offset, length, source);
    }

    /** Sends what is gathered; waits while the client does not read what was sent before. */
    public void flush() throws IOException {
        output.flush();
    }

    /** Sends what is gathered, as fast as the client reads, then close_notify, and closes. */
    public void end() {
        outbox.last();
        channel.eventLoop().execute(() -> HangUp.whenSent(channel, outbox, limits.writeStall()));
    }

    // The server's side.

    Inbox inbox() {
        return inbox;
    }

    /** What the session's thread runs on. */
    Carrier carrier() {
        return carrier;
    }

    SessionInfo info() {
        return new SessionInfo(
                id, service, remote, Optional.ofNullable(user), since, tls, Traffic.of(channel));
    }

    /**
     * Ends a {@linkplain #dismiss dismissed} session also within a command that waits for input.
     */
    void cutShort() {
        cutShort = true;
        inbox.wake();
    }

    /** Says who may follow the session; before it runs. */
    void traces(Traces followers) {
        followed.by(followers);
    }

    /** Begins or ends being followed, as somebody wishes it; from any thread. */
    void checkTraced() {
        followed.check(user);
    }

    boolean isOf(String name) {
        return name.equals(user);
    }

    /** Closes at once; what is unsent is lost, and close_notify with it. From any thread. */
    void abort() {
        channel.eventLoop().execute(() -> HangUp.atOnce(channel));
    }

    /** Wakes the session when its sleep has lasted long enough; from any thread. */
    void checkDeadline() {
        sleeper.checkDeadline();
    }

    /** Done when the connection is closed. */
    ChannelFuture closed() {
        return channel.closeFuture();
    }

    /** Frees what is left; on the session's thread, as its last act. */
    void release() {
        input.release();
        inbox.abandon();
        outbox.release();
    }

    private void sleepUntilInput(boolean betweenCommands) throws IOException {
        output.flushBeforeSleep();
        long until = readDeadline();
        while (inbox.isEmpty()) {
            if (betweenCommands || cutShort) checkDismissed();
            checkEnd();
            if (sleeper.now() >= until) {
                throw new SessionEnded(user == null ? Farewell.LOGIN_TOO_SLOW : Farewell.IDLE);
            }
            sleeper.sleep(
                    until,
                    () ->
                            inbox.isEmpty()
                                    && inbox.end() == Inbox.End.OPEN
                                    && !cutShort
                                    && !(betweenCommands && dismissed != null));
        }
    }

    private long readDeadline() {
        return user == null ? loginBy : sleeper.now() + limits.idleTime().toNanos();
    }

    private void checkDismissed() throws SessionEnded {
        Farewell why = dismissed;
        if (why != null) throw new SessionEnded(why);
    }

    private void checkEnd() throws EndOfStream {
        Inbox.End end = inbox.end();
        if (end != Inbox.End.OPEN && inbox.isEmpty()) throw new EndOfStream(end == Inbox.End.CLEAN);
    }
}
