package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.search.BodyTerm;
import jakarta.mail.search.SubjectTerm;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.imap.AppendUID;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The road that mail clients in Java take: Jakarta Mail against the server. */
class JakartaMailTest {

    private static final TlsContext TLS = TlsContext.of(Identity.selfSigned("localhost"));

    private final ImapsServer server =
            ImapsServer.start(0, TLS, MemoryStore.with("ann@example.org", "secret"));
    private Session session = Session.getInstance(new Properties());
    private Store store;

    @BeforeEach
    void connect() throws MessagingException {
        var properties = new Properties();
        properties.put("mail.imaps.ssl.socketFactory", TestClient.sockets());
        properties.put("mail.imaps.ssl.checkserveridentity", "false");
        properties.put("mail.imaps.timeout", "20000");
        session = Session.getInstance(properties);
        store = session.getStore("imaps");
        store.connect("127.0.0.1", server.port(), "ann@example.org", "secret");
    }

    @AfterEach
    void close() throws MessagingException {
        store.close();
        server.close();
    }

    @Test
    void appendsFetchesFlagsSearchesAndCopies() throws Exception {
        var inbox = (IMAPFolder) store.getFolder("INBOX");
        inbox.open(Folder.READ_WRITE);
        AppendUID[] at = inbox.appendUIDMessages(new Message[] {message("Grüße aus Köln")});
        assertNotNull(at[0]);
        assertEquals(1, inbox.getMessageCount());

        Message got = inbox.getMessage(1);
        assertEquals("Grüße aus Köln", got.getSubject());
        assertEquals("ann@example.org", got.getFrom()[0].toString());
        var parts = (MimeMultipart) got.getContent();
        assertEquals(2, parts.getCount());
        assertEquals("Schöne Straße", parts.getBodyPart(0).getContent());
        assertEquals("a.txt", parts.getBodyPart(1).getFileName());
        assertTrue(got.isSet(Flags.Flag.SEEN));

        got.setFlag(Flags.Flag.FLAGGED, true);
        got.setFlags(new Flags("$Work"), true);
        assertEquals(1, inbox.search(new SubjectTerm("grüße")).length);
        assertEquals(1, inbox.search(new BodyTerm("straße")).length);
        assertEquals(0, inbox.search(new SubjectTerm("nothing")).length);

        Folder copies = store.getFolder("Entwürfe/2026");
        assertTrue(copies.create(Folder.HOLDS_MESSAGES | Folder.HOLDS_FOLDERS));
        inbox.copyMessages(new Message[] {got}, copies);
        assertEquals(1, copies.getMessageCount());
        inbox.moveMessages(new Message[] {got}, store.getFolder("Trash"));
        assertTrue(got.isExpunged());

        copies.open(Folder.READ_WRITE);
        assertTrue(copies.getMessage(1).getFlags().contains("$Work"));
        copies.getMessage(1).setFlag(Flags.Flag.DELETED, true);
        assertEquals(1, copies.expunge().length);
        copies.close();
        assertTrue(copies.delete(false));
    }

    @Test
    void idles() throws Exception {
        var inbox = (IMAPFolder) store.getFolder("INBOX");
        inbox.open(Folder.READ_WRITE);
        var arrived = new CountDownLatch(1);
        inbox.addMessageCountListener(
                new MessageCountAdapter() {
                    @Override
                    public void messagesAdded(MessageCountEvent e) {
                        arrived.countDown();
                    }
                });
        var idle =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        inbox.idle(true);
                                    } catch (MessagingException e) {
                                        throw new IllegalStateException(e);
                                    }
                                });
        try (var other = new TestClient(server.port()).loggedIn()) {
            other.append("Subject: news\r\n\r\n");
            assertTrue(arrived.await(20, TimeUnit.SECONDS));
        }
        idle.join();
        assertEquals("news", inbox.getMessage(1).getSubject());
    }

    private Message message(String subject) throws MessagingException {
        var text = new MimeBodyPart();
        text.setText("Schöne Straße", "UTF-8");
        var file = new MimeBodyPart();
        file.setText("attached");
        file.setFileName("a.txt");
        var message = new MimeMessage(session);
        message.setFrom(new InternetAddress("ann@example.org"));
        message.setRecipients(Message.RecipientType.TO, "bob@example.org");
        message.setSubject(subject, "UTF-8");
        message.setContent(new MimeMultipart(text, file));
        message.saveChanges();
        return message;
    }
}
