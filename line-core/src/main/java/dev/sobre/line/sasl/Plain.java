package dev.sobre.line.sasl;

import dev.sobre.line.sasl.SaslExchange.Turn;
import dev.sobre.mail.Credentials;

/** The PLAIN mechanism. RFC 4616 §2. */
final class Plain {

    private Plain() {}

    /** Waits for the one message: {@code [authzid] NUL authcid NUL passwd}. */
    record Message() implements SaslExchange.State {

        @Override
        public String challenge() {
            return "";
        }

        @Override
        public Turn take(byte[] response) {
            if (response.length > 3 * SaslText.LONGEST + 2) return Turn.failed("message too long");
            var text = SaslText.utf8(response);
            if (text.isEmpty()) return Turn.failed("message is not UTF-8");
            // NUL separates and appears nowhere else: any other count is a malformed message.
            String[] parts = text.get().split("\0", -1);
            if (parts.length != 3)
                return Turn.failed("message is not authzid NUL authcid NUL pass");
            return credentials(parts[0], parts[1], parts[2]);
        }

        private static Turn credentials(String authzid, String authcid, String password) {
            if (!SaslText.fits(authcid)) return Turn.failed("user name is empty or too long");
            if (!SaslText.fits(password)) return Turn.failed("password is empty or too long");
            // Nobody may act for somebody else here, so the only identity to ask for is one's own.
            if (!authzid.isEmpty() && !authzid.equals(authcid)) {
                return Turn.failed("not authorized to the requested authorization identity");
            }
            return Turn.finished(new Credentials.Password(authcid, password));
        }
    }
}
