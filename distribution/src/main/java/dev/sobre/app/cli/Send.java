package dev.sobre.app.cli;

import dev.sobre.app.text.Consoles;
import dev.sobre.app.text.Failure;
import dev.sobre.mail.MailDate;
import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sobre send}: sends a mail. */
@Command(
        name = "send",
        description = {
            "Sends a mail through a submission server with implicit TLS (SMTPS). The text comes"
                    + " from standard input, after the password with --password-stdin."
        },
        footer = {
            "",
            "Example: echo Hello | ${COMMAND-FULL-NAME} --server localhost:4465 --ca ca.pem \\",
            "    --user ann@localhost --password-file secret --to ann@localhost"
        })
final class Send implements Callable<Integer> {

    private static final int LONGEST_TEXT = 32 << 20;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            required = true,
            description = "The server; the port may be left out (465).")
    private String server = "";

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM certificates to trust (default: the authorities of Java).")
    private @Nullable Path ca;

    @Option(names = "--user", paramLabel = "ADDRESS", required = true, description = "Login name.")
    private String user = "";

    @Option(
            names = "--password-stdin",
            description = "The first line of standard input is the password.")
    private boolean passwordFirst;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Has the password.")
    private @Nullable Path passwordFile;

    @Option(names = "--from", paramLabel = "ADDRESS", description = "Sender (default: --user).")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            required = true,
            description = "A recipient; may be given again.")
    private List<String> to = new ArrayList<>();

    @Option(names = "--subject", paramLabel = "TEXT", description = "The subject.")
    private String subject = "";

    @Option(names = "--attach", paramLabel = "FILE", description = "A file to attach.")
    private List<Path> attachments = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        var where = HostPort.parse(server, 465);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String password = password(in);
        var client = new MailClient(where.host(), Optional.ofNullable(ca), user, password);
        try {
            client.send(where.port(), message(client, text(in)));
        } catch (MessagingException e) {
            throw new Failure("the mail can't be made: " + e.getMessage(), e);
        }
        System.out.println("sent to " + String.join(", ", to));
        return 0;
    }

    private MimeMessage message(MailClient client, String text) throws MessagingException {
        var message = client.message();
        message.setFrom(new InternetAddress(from == null ? user : from, true));
        for (String each : to) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(each, true));
        }
        message.setSubject(subject, "UTF-8");
        message.setHeader("Date", MailDate.of(Instant.now()));
        if (attachments.isEmpty()) {
            message.setText(text, "UTF-8");
            return message;
        }
        var all = new MimeMultipart();
        var first = new MimeBodyPart();
        first.setText(text, "UTF-8");
        all.addBodyPart(first);
        for (Path file : attachments) {
            if (!Files.isReadable(file)) throw new Failure("can't read " + file);
            var part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(new FileDataSource(file.toFile())));
            part.setFileName(String.valueOf(file.getFileName()));
            all.addBodyPart(part);
        }
        message.setContent(all);
        return message;
    }

    private String password(BufferedReader in) throws IOException {
        if (passwordFile != null) {
            if (!Files.isReadable(passwordFile)) throw new Failure("can't read " + passwordFile);
            return Files.readString(passwordFile).lines().findFirst().orElse("");
        }
        if (passwordFirst) {
            String line = in.readLine();
            if (line == null) throw new Failure("standard input has no password");
            return line;
        }
        return Consoles.interactive()
                .map(console -> console.readPassword("Password: "))
                .map(String::new)
                .orElseThrow(() -> new Failure("give --password-file or --password-stdin"));
    }

    private static String text(BufferedReader in) throws IOException {
        var text = new StringBuilder();
        char[] piece = new char[8192];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            text.append(piece, 0, n);
            if (text.length() > LONGEST_TEXT) throw new Failure("the text is too long");
        }
        return text.toString();
    }
}
