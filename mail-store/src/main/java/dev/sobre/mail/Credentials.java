package dev.sobre.mail;

import java.util.List;
import java.util.Optional;

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

    /**
     * A SCRAM exchange (RFC 5802) that has proved to know a password.
     *
     * @param keys those of {@link Authenticator#scram} that the proof was for
     */
    record Scram(String user, ScramKeys keys) implements Credentials {}

    /**
     * Addresses that a verified certificate stands for, so that there is no secret to check (SASL
     * EXTERNAL).
     *
     * @param proven the addresses, at least one
     * @param wanted whom the client wants to act for; empty for itself
     */
    record External(List<String> proven, String wanted) implements Credentials {

        public External {
            proven = List.copyOf(proven);
            if (proven.isEmpty()) throw new IllegalArgumentException("nothing is proven");
        }

        @Override
        public String user() {
            return proven.getFirst();
        }

        /**
         * The account that this is, where it is exactly one. RFC 4422 appendix A.1: nobody acts for
         * somebody else here, so the client may want one of that account's own addresses alone.
         */
        public Optional<Account> account(Accounts accounts) {
            var all = proven.stream().flatMap(a -> accounts.find(a).stream()).distinct().toList();
            if (all.size() != 1) return Optional.empty();
            var own = all.getFirst();
            boolean may = wanted.isEmpty() || own.addresses().contains(Address.canonical(wanted));
            return may ? Optional.of(own) : Optional.empty();
        }
    }

    /** A bearer token (RFC 7628). */
    record Token(String user, String token) implements Credentials {
        @Override
        public String toString() {
            return "Token[" + user + "]";
        }
    }
}
