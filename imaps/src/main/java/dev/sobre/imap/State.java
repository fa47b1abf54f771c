package dev.sobre.imap;

import dev.sobre.mail.MailStore;

/** Where a session stands (RFC 3501 §3), and what is known there. */
sealed interface State {

    Client client();

    /** RFC 3501 §3.1. */
    record NotAuthenticated(Client client) implements State {}

    /** Authenticated or selected. */
    sealed interface LoggedIn extends State {

        Login login();

        @Override
        default Client client() {
            return login().client();
        }

        default MailStore store() {
            return client().service().store();
        }
    }

    /** RFC 3501 §3.2. */
    record Authenticated(Login login) implements LoggedIn {}

    /** RFC 3501 §3.3. */
    record Selected(Login login, MailboxView view) implements LoggedIn {}

    /** RFC 3501 §3.4. */
    record LoggedOut(Client client) implements State {}
}
