package dev.sobre.mail.archive;

import java.io.IOException;

/** A message can't be read; others may. */
final class Unreadable extends IOException {

    Unreadable(String reason) {
        super(reason);
    }

    Unreadable(String reason, Throwable cause) {
        super(reason, cause);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
