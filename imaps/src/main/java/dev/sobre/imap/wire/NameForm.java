package dev.sobre.imap.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** How the names of mailboxes stand in what one client says and hears. */
public enum NameForm {
    /** RFC 3501 §5.1.3. */
    MODIFIED_UTF7 {
        @Override
        String decode(byte[] octets) throws BadMessage {
            return ModifiedUtf7.decode(new String(octets, ISO_8859_1))
                    .orElseThrow(() -> new BadMessage("the mailbox name is not in modified UTF-7"));
        }

        @Override
        void write(String name, ImapWriter out) {
            out.string(ModifiedUtf7.encode(name));
        }
    },

    /** RFC 9051 §5.1 and RFC 9755 §3, for those who have enabled one of them. */
    UTF8 {
        @Override
        String decode(byte[] octets) throws BadMessage {
            try {
                return UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
            } catch (CharacterCodingException e) {
                throw new BadMessage("the mailbox name is not valid UTF-8");
            }
        }

        @Override
        void write(String name, ImapWriter out) {
            out.utf8String(name);
        }
    };

    abstract String decode(byte[] octets) throws BadMessage;

    abstract void write(String name, ImapWriter out);
}
