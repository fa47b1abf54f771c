package dev.sobre.line.sasl;

import dev.sobre.mail.Credentials;
import java.nio.charset.StandardCharsets;

/**
 * The server's side of one SASL exchange (RFC 4422): responses of the client go in, credentials
 * come out. It checks form only; whether the credentials are right is the authenticator's business.
 * Belongs to one session.
 */
public final class SaslExchange {

    /** What to do after a response. */
    public sealed interface Step {

        /** Send this and read another response. */
        @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
        record Challenge(byte[] data) implements Step {}

        /** The exchange is over and gave these credentials, which nobody has checked yet. */
        record Finished(Credentials credentials) implements Step {}

        /** The exchange is over without any; the reason is fit for the client. */
        record Failed(String reason) implements Step {}
    }

    /** Where an exchange stands, and what it knows there. */
    sealed interface State
            permits Plain.Message,
                    Login.Name,
                    Login.Password,
                    External.Message,
                    Scram.First,
                    Scram.Final,
                    Scram.Proved,
                    Over {

        /** What is sent when the client gives no initial response. */
        String challenge();

        Turn take(byte[] response);
    }

    /** The state after a response, and the step to tell the caller. */
    record Turn(State next, Step step) {

        static Turn ask(State next) {
            var challenge = next.challenge().getBytes(StandardCharsets.US_ASCII);
            return new Turn(next, new Step.Challenge(challenge));
        }

        static Turn finished(Credentials credentials) {
            return new Turn(new Over(), new Step.Finished(credentials));
        }

        static Turn failed(String reason) {
            return new Turn(new Over(), new Step.Failed(reason));
        }
    }

    /** An exchange that has given its result. */
    record Over() implements State {
        @Override
        public String challenge() {
            throw new IllegalStateException("the exchange is over");
        }

        @Override
        public Turn take(byte[] response) {
            throw new IllegalStateException("the exchange is over");
        }
    }

    private State state;

    SaslExchange(State state) {
        this.state = state;
    }

    /** What to send when the client gave no initial response; perhaps empty. */
    public byte[] firstChallenge() {
        return state.challenge().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Takes the initial response or the next one, decoded.
     *
     * @throws IllegalStateException when the exchange has finished or failed already
     */
    public Step step(byte[] response) {
        var turn = state.take(response);
        state = turn.next();
        return turn.step();
    }
}
