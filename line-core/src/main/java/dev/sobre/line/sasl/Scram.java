package dev.sobre.line.sasl;

import dev.sobre.line.sasl.SaslExchange.State;
import dev.sobre.line.sasl.SaslExchange.Turn;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.Credentials;
import dev.sobre.mail.ScramKeys;
import dev.sobre.mail.ScramUser;
import dev.sobre.mail.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SCRAM-SHA-256 mechanism, and -PLUS, which is bound to the TLS connection. RFC 5802 §5 and §7,
 * RFC 7677. A user whom there is not and a wrong password are one case: both fail after the
 * client's proof.
 */
final class Scram {

    static final String NAME = "SCRAM-SHA-256";
    static final String PLUS = "SCRAM-SHA-256-PLUS";

    private static final Logger LOG = LoggerFactory.getLogger(Scram.class);
    private static final int LONGEST = 4 * SaslText.LONGEST;
    // gs2-header, then client-first-message-bare: no "m=", which asks for what we do not know.
    private static final Pattern FIRST =
            Pattern.compile(
                    "(?<gs2>(?<flag>[ny]|p=[A-Za-z0-9.-]+),(?:a=(?<authzid>[^,]+))?,)"
                            + "(?<bare>n=(?<user>[^,]+),r=(?<nonce>[\\x21-\\x2b\\x2d-\\x7e]+)(?:,.*)?)");
    private static final Pattern FINAL =
            Pattern.compile(
                    "(?<unproved>c=(?<binding>[A-Za-z0-9+/=]+),r=(?<nonce>[^,]+)(?:,.*)?)"
                            + ",p=(?<proof>[A-Za-z0-9+/=]+)");

    private Scram() {}

    /**
     * Waits for client-first-message.
     *
     * @param nonce gives our part of the nonce
     */
    record First(Authenticator authenticator, Supplier<String> nonce, Binding binding)
            implements State {

        @Override
        public String challenge() {
            return "";
        }

        @Override
        public Turn take(byte[] response) {
            var text = text(response);
            if (text.isEmpty()) return Turn.failed("message is too long or not UTF-8");
            var first = FIRST.matcher(text.get());
            if (!first.matches()) return Turn.failed("message is not a SCRAM client-first-message");
            if (!binding.admits(first.group("flag"))) {
                return Turn.failed("channel binding does not fit the mechanism and what we offer");
            }
            var user = name(first.group("user"));
            if (user.isEmpty()) return Turn.failed("user name is malformed, or too long");
            // Nobody acts for somebody else here.
            var authzid = Optional.ofNullable(first.group("authzid"));
            if (authzid.isPresent() && !authzid.flatMap(Scram::name).equals(user)) {
                return Turn.failed("not authorized to the requested authorization identity");
            }
            return ask(user.get(), first.group("gs2"), first.group("bare"), first.group("nonce"));
        }

        private Turn ask(String user, String gs2, String bare, String clientNonce) {
            Optional<ScramUser> known;
            try {
                known = authenticator.scram(user);
            } catch (StoreException failed) {
                LOG.warn("a login could not be decided: {}", failed.getMessage(), failed);
                known = Optional.empty();
            }
            if (known.isEmpty()) return Turn.failed("logins can't be checked now, try again later");
            var salt = known.get().salt();
            String both = clientNonce + nonce.get();
            String first = "r=" + both + ",s=" + base64(salt.salt()) + ",i=" + salt.iterations();
            String proof = binding.proof(gs2);
            return Turn.ask(new Final(user, known.get(), proof, bare + "," + first, both, first));
        }
    }

    /**
     * Has sent server-first-message and waits for client-final-message.
     *
     * @param binding what {@code c=} must be: gs2-header, and what it is bound to
     * @param soFar what of AuthMessage is known
     * @param nonce both parts
     * @param challenge server-first-message
     */
    record Final(
            String user,
            ScramUser known,
            String binding,
            String soFar,
            String nonce,
            String challenge)
            implements State {

        @Override
        public Turn take(byte[] response) {
            var last = FINAL.matcher(text(response).orElse(""));
            if (!last.matches()) return Turn.failed("message is not a SCRAM client-final-message");
            if (!last.group("binding").equals(binding) || !last.group("nonce").equals(nonce)) {
                return Turn.failed("message does not belong to this exchange");
            }
            byte[] proof;
            try {
                proof = Base64.getDecoder().decode(last.group("proof"));
            } catch (IllegalArgumentException e) {
                return Turn.failed("proof is not base64");
            }
            byte[] all = (soFar + "," + last.group("unproved")).getBytes(StandardCharsets.UTF_8);
            return proved(all, proof)
                    .map(keys -> new Proved(user, keys, "v=" + base64(keys.signature(all))))
                    .map(Turn::ask)
                    .orElse(Turn.failed("user name or password is wrong"));
        }

        /** Tries all keys, so that the time does not tell which one it was. */
        private Optional<ScramKeys> proved(byte[] message, byte[] proof) {
            Optional<ScramKeys> found = Optional.empty();
            for (var keys : known.keys()) {
                if (keys.prove(message, proof)) found = Optional.of(keys);
            }
            return found;
        }

        @Override
        public String toString() {
            return "Final[" + user + "]";
        }
    }

    /** Has sent server-final-message and waits for the client's empty answer. */
    record Proved(String user, ScramKeys keys, String challenge) implements State {

        @Override
        public Turn take(byte[] response) {
            if (response.length > 0) return Turn.failed("there is nothing more to say");
            return Turn.finished(new Credentials.Scram(user, keys));
        }

        @Override
        public String toString() {
            return "Proved[" + user + "]";
        }
    }

    private static Optional<String> text(byte[] octets) {
        return octets.length > LONGEST ? Optional.empty() : SaslText.utf8(octets);
    }

    /** A saslname: {@code =2C} is a comma, {@code =3D} an equals sign, other signs are wrong. */
    private static Optional<String> name(String text) {
        String name = text.replace("=2C", ",").replace("=3D", "=");
        boolean odd = text.replace("=2C", "").replace("=3D", "").contains("=");
        return odd || !SaslText.fits(name) || name.indexOf('\0') >= 0
                ? Optional.empty()
                : Optional.of(name);
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
