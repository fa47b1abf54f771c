package dev.sobre.app.admin;

import dev.sobre.mail.Quota;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How much an account may hold, as options say it. */
final class QuotaOptions {

    @Option(
            names = "--quota",
            paramLabel = "SIZE",
            converter = Size.Reader.class,
            description = "The most its messages may take, such as 500M or 10G; 0 for no limit.")
    private Optional<Size> octets = Optional.empty();

    @Option(
            names = "--quota-messages",
            paramLabel = "NUMBER",
            description = "The most messages it may have; 0 for no limit.")
    private Optional<Long> messages = Optional.empty();

    /** The quota with what was said; nothing when nothing was. */
    Optional<Quota> over(Quota before) {
        if (octets.isEmpty() && messages.isEmpty()) return Optional.empty();
        return Optional.of(
                new Quota(
                        octets.map(Size::octets).orElse(before.octets()),
                        Math.max(0, messages.orElse(before.messages()))));
    }
}
