package dev.sobre.app.cli;

import dev.sobre.app.text.Failure;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.probe.ProbeOptions;
import dev.sobre.tls.probe.TlsProbe;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * A mail program's side of a server: sends by SMTPS and reads by IMAPS or POP3S, and always checks
 * the certificate.
 *
 * @param host where the server is
 * @param ca the file with the certificates to trust; none for those that Java trusts
 */
record MailClient(String host, Optional<Path> ca, String user, String password) {

    private static final String TIMEOUT = "20000";

    /** An empty message for {@link #send}. */
    MimeMessage message() {
        return new MimeMessage(Session.getInstance(new Properties()));
    }

    void send(int port, MimeMessage message) {
        try (var transport = session("smtp").getTransport("smtp")) {
            transport.connect(host, port, user, password);
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException e) {
            throw failure(e, port);
        }
    }

    /** Reads the newest message of the inbox; {@code protocol} is imap or pop3. */
    String newest(String protocol, int port, Supplier<Failure> whenEmpty) {
        try (var store = session(protocol).getStore(protocol)) {
            store.connect(host, port, user, password);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                if (inbox.getMessageCount() == 0) throw whenEmpty.get();
                Message newest = inbox.getMessage(inbox.getMessageCount());
                return newest.getSubject() + "\n" + newest.getContent();
            }
        } catch (IOException e) {
            throw new Failure("the message could not be read: " + e.getMessage(), e);
        } catch (MessagingException e) {
            throw failure(e, port);
        }
    }

    private Session session(String protocol) {
        var properties = new Properties();
        String prefix = "mail." + protocol + ".";
        properties.put(prefix + "ssl.enable", "true");
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "ssl.socketFactory", trusting());
        properties.put(prefix + "auth", "true");
        properties.put(prefix + "auth.mechanisms", "PLAIN");
        properties.put(prefix + "connectiontimeout", TIMEOUT);
        properties.put(prefix + "timeout", TIMEOUT);
        return Session.getInstance(properties);
    }

    private SSLSocketFactory trusting() {
        try {
            var context = SSLContext.getInstance("TLS");
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(ca.isPresent() ? certificates(ca.get()) : null);
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new Failure("can't read certificates from " + ca.orElse(Path.of("")), e);
        }
    }

    private static KeyStore certificates(Path file) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            int number = 0;
            for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + number++, each);
            }
        }
        return store;
    }

    private Failure failure(MessagingException e, int port) {
        String where = host + ":" + port;
        if (e instanceof AuthenticationFailedException) {
            return new Failure(where + " did not accept the user name or the password", e);
        }
        if (e instanceof SendFailedException refused) {
            return new Failure(where + " refused the mail: " + lastWords(refused), e);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return new Failure(
                        "no secure connection to "
                                + where
                                + ": "
                                + reason(port).orElse(String.valueOf(cause.getMessage()))
                                + "; `sobre tls explain "
                                + where
                                + "` tells more, --ca names a CA to trust",
                        e);
            }
        }
        if (lastWords(e).contains("bad greeting")) {
            return new Failure(
                    where + " is no submission server; SMTPS is port 465 or what its owner says",
                    e);
        }
        return new Failure("can't reach " + where + ": " + lastWords(e), e);
    }

    /** Why TLS fails, in plain words: Java's own are for programmers. */
    private Optional<String> reason(int port) {
        try {
            var options = ProbeOptions.standard().withoutResumption();
            if (ca.isPresent()) options = options.withTrusted(PemFiles.certificates(ca.get()));
            return TlsProbe.explain(host, port, options).problem().map(p -> p.sentence());
        } catch (PkiException unreadable) {
            return Optional.empty();
        }
    }

    /** What the server, or the operating system, said at the bottom of it all. */
    private static String lastWords(MessagingException e) {
        Throwable last = e;
        for (var next = e.getNextException(); next != null; ) {
            last = next;
            next = next instanceof MessagingException more ? more.getNextException() : null;
        }
        return String.valueOf(last.getMessage()).strip();
    }
}
