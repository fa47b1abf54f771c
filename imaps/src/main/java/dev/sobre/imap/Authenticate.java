package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.line.sasl.SaslExchange;
import dev.sobre.line.sasl.SaslExchange.Step;
import dev.sobre.line.sasl.SaslResponse;
import java.io.IOException;
import java.util.Optional;

/** AUTHENTICATE: a SASL exchange. RFC 3501 §6.2.2; RFC 4959 (initial response). */
record Authenticate(String mechanism, Optional<String> initial)
        implements Command<State.NotAuthenticated> {

    static Authenticate parse(ImapReader in) throws BadMessage {
        in.space();
        String mechanism = in.keyword();
        Optional<String> initial = in.take(' ') ? Optional.of(in.base64()) : Optional.empty();
        in.endOfLine();
        return new Authenticate(mechanism, initial);
    }

    @Override
    public Reply run(State.NotAuthenticated state, ImapWriter out) throws IOException, BadMessage {
        Client client = state.client();
        if (initial.isPresent()) client.require(Feature.SASL_IR);
        var exchange = client.mechanisms().begin(mechanism);
        if (exchange.isEmpty()) return Reply.no("CANNOT", "there is no such mechanism here");
        return converse(client, exchange.get());
    }

    private Reply converse(Client client, SaslExchange exchange) throws IOException {
        SaslResponse response =
                initial.isPresent()
                        ? SaslResponse.initial(initial.get())
                        : ask(client, exchange.firstChallenge());
        while (true) {
            switch (response) {
                case SaslResponse.Cancelled cancelled -> {
                    return Reply.bad("AUTHENTICATE was cancelled");
                }
                case SaslResponse.Malformed malformed -> {
                    return Reply.bad(malformed.reason());
                }
                case SaslResponse.Data data -> {
                    switch (exchange.step(data.octets())) {
                        case Step.Challenge challenge -> response = ask(client, challenge.data());
                        case Step.Finished finished -> {
                            return PlainLogin.verify(client, finished.credentials());
                        }
                        case Step.Failed failed -> {
                            return PlainLogin.denied(client, failed.reason());
                        }
                    }
                }
            }
        }
    }

    private static SaslResponse ask(Client client, byte[] challenge) throws IOException {
        return SaslResponse.line(client.ask(SaslResponse.encode(challenge)));
    }

    /** Without the initial response, which may hold a password. */
    @Override
    public String toString() {
        return "Authenticate[" + mechanism + "]";
    }
}
