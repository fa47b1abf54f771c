package dev.sobre.mail.archive;

import dev.sobre.mail.BlobSink;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.CrlfNormaliser;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.TooLarge;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** A message on its way from an archive into a store: given CRLF, summed and looked at. */
final class Incoming extends OutputStream implements AutoCloseable {

    private static final int MOST_NAME = 256; // of the first field

    private final Summed summed;
    private final CrlfNormaliser lines;

    Incoming(BlobSink sink) {
        this.summed = new Summed(sink);
        this.lines = new CrlfNormaliser(summed);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        lines.write(ByteBuffer.wrap(octets, from, length));
    }

    BlobSource finish() throws IOException {
        return lines.finish();
    }

    byte[] sum() {
        return summed.sha.digest();
    }

    /** What keeps this from being a message, if anything does. */
    Optional<String> problem(Facts facts) {
        if (summed.nul) return Optional.of("it has NUL octets, which no mail may have");
        long length = summed.length();
        if (facts.octets().isPresent() && facts.octets().getAsLong() != length) {
            return Optional.of(
                    "it has "
                            + length
                            + " octets, not the "
                            + facts.octets().getAsLong()
                            + " it was written with");
        }
        if (facts.vouched() || summed.beginsLikeMail()) return Optional.empty();
        return Optional.of("it is no mail: it does not begin with a header field");
    }

    @Override
    public void close() {
        lines.close();
    }

    /** Looks at the octets as they will be stored. */
    private static final class Summed implements BlobSink {
        private final BlobSink to;
        private final MessageDigest sha = sha256();
        private final byte[] first = new byte[MOST_NAME];
        private int known;
        private boolean nul;

        Summed(BlobSink to) {
            this.to = to;
        }

        @Override
        public void write(ByteBuffer octets) throws IOException {
            for (int i = octets.position(); i < octets.limit(); i++) nul |= octets.get(i) == 0;
            int more = Math.min(octets.remaining(), MOST_NAME - known);
            octets.get(octets.position(), first, known, more);
            known += more;
            sha.update(octets.duplicate());
            keep(octets);
        }

        /** Whatever the store can't keep is no fault of the archive's. */
        private void keep(ByteBuffer octets) throws TooLarge {
            try {
                to.write(octets);
            } catch (TooLarge e) {
                throw e;
            } catch (IOException e) {
                throw unkept(e);
            }
        }

        private static StoreException unkept(IOException e) {
            String why = "the store can't take it in: " + e.getMessage();
            return new StoreException(Reason.UNAVAILABLE, why, e);
        }

        /** RFC 5322 §2.2: a name of printable characters and a colon; or no header at all. */
        private boolean beginsLikeMail() {
            int at = 0;
            while (at < known && first[at] > ' ' && first[at] < 127 && first[at] != ':') at++;
            boolean named = at > 0 && at < known && (first[at] == ':' || first[at] == ' ');
            return named || (known > 0 && first[0] == '\r');
        }

        @Override
        public long length() {
            return to.length();
        }

        @Override
        public BlobSource finish() {
            try {
                return to.finish();
            } catch (IOException e) {
                throw unkept(e);
            }
        }

        @Override
        public void close() {
            to.close();
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every JDK has it
            }
        }
    }
}
