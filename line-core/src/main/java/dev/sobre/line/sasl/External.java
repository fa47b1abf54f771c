package dev.sobre.line.sasl;

import dev.sobre.line.sasl.SaslExchange.Turn;
import dev.sobre.mail.Credentials;
import java.util.List;

/**
 * The EXTERNAL mechanism: the handshake has said already who the client is. RFC 4422 appendix A.
 */
final class External {

    private External() {}

    /**
     * Waits for the one message, an authorization identity or nothing.
     *
     * @param proven the addresses that the client's certificate stands for
     */
    record Message(List<String> proven) implements SaslExchange.State {

        @Override
        public String challenge() {
            return "";
        }

        @Override
        public Turn take(byte[] response) {
            if (response.length == 0) return finished("");
            return SaslText.read(response)
                    .map(this::finished)
                    .orElse(Turn.failed("authorization identity is too long or not UTF-8"));
        }

        private Turn finished(String wanted) {
            return Turn.finished(new Credentials.External(proven, wanted));
        }
    }
}
