package dev.sobre.smtp;

import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * By what a mail is known again whose sender lost our answer: who submits it, MAIL with its
 * parameters, and the octets as the client sends them. They must hold the client's own Message-ID:
 * without one, two equal mails may well be two.
 */
final class Sameness {

    private final MessageDigest octets = Sha256.fresh();
    private boolean named;

    void take(ByteBuffer part) {
        octets.update(part.duplicate());
    }

    /** The client gave the message an id. */
    void named() {
        named = true;
    }

    /** The mail's name, when all of it has come. */
    Optional<DeliveryId> of(Letter letter) {
        if (!named) return Optional.empty();
        var all = Sha256.fresh();
        var sender = letter.reversePath();
        for (var part :
                new String[] {
                    letter.account().id().toString(), sender, letter.asked().said().toString()
                }) {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            all.update(ByteBuffer.allocate(4).putInt(text.length).flip());
            all.update(text);
        }
        return Optional.of(DeliveryId.of(all.digest(octets.digest())));
    }
}
