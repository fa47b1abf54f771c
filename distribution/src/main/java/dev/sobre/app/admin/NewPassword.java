package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.line.Terminal;
import dev.sobre.line.sasl.PasswordHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.IntSupplier;
import picocli.CommandLine.Option;

/** Where a new password comes from: standard input, chance, or a question asked twice. */
public final class NewPassword {

    static final int LONGEST = 1024;
    private static final int SHORTEST = 8;
    // No look-alikes: somebody will type this into a phone.
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    @Option(names = "--password-stdin", description = "Read the password from standard input.")
    private boolean fromInput;

    @Option(names = "--generate", description = "Make a random password and print it.")
    private boolean generated;

    boolean generated() {
        return generated;
    }

    String read(Caller caller) throws IOException {
        if (fromInput && generated) {
            throw new Failure("give one of --password-stdin and --generate, not both");
        }
        if (generated) return random();
        String password = fromInput ? firstLine(caller.input().octets()) : asked(caller.terminal());
        if (password.length() < SHORTEST) {
            throw new Failure("a password needs at least " + SHORTEST + " characters");
        }
        if (!PasswordHash.usable(password)) {
            throw new Failure("this password can't be used: it is too long or has odd characters");
        }
        return password;
    }

    /** 20 letters and digits, 115 bits. */
    public static String random() {
        var random = new SecureRandom();
        IntSupplier letter = () -> LETTERS.charAt(random.nextInt(LETTERS.length()));
        var text = new StringBuilder();
        for (int i = 0; i < 20; i++) text.append((char) letter.getAsInt());
        return text.toString();
    }

    private static String asked(Terminal terminal) throws IOException {
        String password = terminal.askSecret("Password: ");
        if (!terminal.askSecret("Once more: ").equals(password)) {
            throw new Failure("the two passwords differ; nothing was changed");
        }
        return password;
    }

    private static String firstLine(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            if (line.size() == LONGEST) {
                throw new Failure("a password has at most " + LONGEST + " octets");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
