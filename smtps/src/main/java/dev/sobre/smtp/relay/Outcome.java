package dev.sobre.smtp.relay;

import java.time.Instant;
import java.util.List;

/** What became of a mail for one recipient. */
sealed interface Outcome {

    /** What the far side, or we, said. */
    String why();

    /**
     * Another server has it, or a mailbox here.
     *
     * @param host which server; empty for us
     * @param told who tells the sender of it
     */
    record Delivered(String host, Answer answer, Told told) implements Outcome {

        /** Who tells a sender that a mail was handed on. */
        enum Told {
            /** We do, where it is wished. */
            BY_US,
            /** The other server does, as it was asked to (RFC 3461). */
            BY_THEM,
            /** We do, unless the sender wants to hear nothing (RFC 2852 §4.1.4). */
            BY_US_ANYWAY
        }

        /** In a mailbox of this very server. */
        static Delivered here() {
            return new Delivered("", new Answer(250, List.of("it is in its mailbox")), Told.BY_US);
        }

        @Override
        public String why() {
            return host.isEmpty() ? answer.lines().getFirst() : host + ": " + answer;
        }
    }

    /** It is to be tried again. */
    record Deferred(String why) implements Outcome {}

    /** It was not tried, as its destination rests. */
    record Waits(String why, Instant until) implements Outcome {}

    /**
     * It can't be delivered.
     *
     * @param host who says so; empty for us
     * @param status of RFC 3463
     */
    record Failed(String host, String status, String said) implements Outcome {
        static Failed here(String status, String why) {
            return new Failed("", status, why);
        }

        @Override
        public String why() {
            return host.isEmpty() ? said : host + ": " + said;
        }
    }

    /** What an answer to RCPT or to the message means; a positive one is not for here. */
    static Outcome refused(Host host, Answer answer) {
        return answer.permanent()
                ? new Failed(host.toString(), answer.status(), answer.toString())
                : new Deferred(host + ": " + answer);
    }
}
