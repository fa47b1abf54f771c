package dev.sobre.smtp;

import java.io.IOException;

/** A receiver's refusal of a mail, said to the client in these words. */
public final class Refused extends IOException {

    private final int code;
    private final String status;

    /**
     * @param code 450 to 459 when trying again may help, 550 to 559 when it will not
     * @param status the enhanced status code (RFC 3463), such as {@code 5.7.1}, of the same class
     * @param text one line of printable ASCII
     */
    public Refused(int code, String status, String text) {
        super(text);
        boolean temporary = code >= 450 && code <= 459;
        boolean permanent = code >= 550 && code <= 559;
        boolean fits = status.matches((temporary ? "4" : "5") + "\\.\\d{1,3}\\.\\d{1,3}");
        boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 127) && text.length() <= 480;
        if (!(temporary || permanent) || !fits || !printable) {
            throw new IllegalArgumentException("not a refusal: " + code + " " + status);
        }
        this.code = code;
        this.status = status;
    }

    static Refused with(Reply reply) {
        return new Refused(reply.code(), reply.status(), reply.text());
    }

    Reply reply() {
        return Reply.of(code, status, String.valueOf(getMessage()));
    }
}
