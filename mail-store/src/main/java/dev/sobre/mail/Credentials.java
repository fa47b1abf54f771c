package dev.sobre.mail;

/** What a client gave to prove who it is. None of these shows its secret in {@code toString}. */
public sealed interface Credentials {

    /** The login name that the client claims. */
    String user();

    /** A login name and a password, as LOGIN, USER/PASS and SASL PLAIN (RFC 4616) carry them. */
    record Password(String user, String password) implements Credentials {
        @Override
        public String toString() {
            return "Password[" + user + "]";
        }
    }

    /** A request for the SCRAM keys (RFC 5802, RFC 5803) of a user. */
    record ScramLookup(String user) implements Credentials {}

    /** An identity that TLS has proved already (SASL EXTERNAL). */
    record External(String user) implements Credentials {}

    /** A bearer token (RFC 7628). */
    record Token(String user, String token) implements Credentials {
        @Override
        public String toString() {
            return "Token[" + user + "]";
        }
    }
}
