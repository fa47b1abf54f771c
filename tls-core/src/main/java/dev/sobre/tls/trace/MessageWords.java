package dev.sobre.tls.trace;

import dev.sobre.tls.wire.BadHello;
import dev.sobre.tls.wire.Octets;

/** Each handshake message by its type, told. RFC 8446 §4, RFC 5246 §7.4. */
final class MessageWords {
    private MessageWords() {}

    static Told of(Message message, Side from, Conversation so) {
        try {
            return told(message.type(), body(message), from, so);
        } catch (BadHello e) {
            String why =
                    message.size() > message.whole().length
                            ? "It is too long to be told."
                            : "It cannot be read: " + e.words() + ".";
            return new Told("handshake message " + message.type(), why);
        }
    }

    private static Told told(int type, Octets body, Side from, Conversation so) throws BadHello {
        return switch (type) {
            case 0 -> new Told("HelloRequest", "The server asks for another handshake.");
            case Message.CLIENT_HELLO -> HelloWords.client(body, so);
            case Message.SERVER_HELLO -> HelloWords.server(body, so);
            case 4 -> KeyWords.ticket(body, so);
            case 5 -> new Told("EndOfEarlyData", "The client's early data ends here.");
            case 8 -> encryptedExtensions(body);
            case Message.CERTIFICATE -> AuthWords.certificate(body, from, so);
            case 12 -> KeyWords.serverKeyExchange(body, so);
            case 13 -> AuthWords.request(body, so);
            case 14 -> new Told("ServerHelloDone", "It is the client's turn.");
            case 15 -> AuthWords.verify(body, from, so);
            case Message.CLIENT_KEY_EXCHANGE -> KeyWords.clientKeyExchange(body, so);
            case Message.FINISHED -> KeyWords.finished(body, from, so);
            case 22 -> AuthWords.status(body);
            case 24 -> KeyWords.keyUpdate(body, from);
            default -> new Told("handshake message " + type, "Of a type that is not known here.");
        };
    }

    private static Told encryptedExtensions(Octets body) throws BadHello {
        var told =
                new Told(
                        "EncryptedExtensions",
                        "What the server answers beyond the key exchange; nobody else need know it.");
        var extensions = Hello.extensions(body);
        if (extensions.isEmpty()) return told.and("Here it has nothing to add.");
        ExtensionWords.server(extensions, told);
        return told;
    }

    private static Octets body(Message message) {
        return new Octets(message.whole(), Message.HEADER, message.whole().length);
    }
}
