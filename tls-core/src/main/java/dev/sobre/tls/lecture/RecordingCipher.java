package dev.sobre.tls.lecture;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;

/** A cipher that writes down what the records hold that it seals and opens. */
final class RecordingCipher implements TlsCipher {
    private final TlsCipher real;
    private final Notebook notebook;

    RecordingCipher(TlsCipher real, Notebook notebook) {
        this.real = real;
        this.notebook = notebook;
    }

    @Override
    public TlsEncodeResult encodePlaintext(
            long number,
            short type,
            ProtocolVersion version,
            int header,
            byte[] plain,
            int offset,
            int length)
            throws IOException {
        var sealed = real.encodePlaintext(number, type, version, header, plain, offset, length);
        byte[] content = Arrays.copyOfRange(plain, offset, offset + length);
        notebook.sealed(type, content, sealed.len - header);
        return sealed;
    }

    @Override
    public TlsDecodeResult decodeCiphertext(
            long number, short type, ProtocolVersion version, byte[] sealed, int offset, int length)
            throws IOException {
        var open = real.decodeCiphertext(number, type, version, sealed, offset, length);
        byte[] content = Arrays.copyOfRange(open.buf, open.off, open.off + open.len);
        notebook.opened(open.contentType, content, length);
        return open;
    }

    @Override
    public void rekeyDecoder() throws IOException {
        real.rekeyDecoder();
    }

    @Override
    public void rekeyEncoder() throws IOException {
        real.rekeyEncoder();
    }

    @Override
    public int getCiphertextDecodeLimit(int plain) {
        return real.getCiphertextDecodeLimit(plain);
    }

    @Override
    public int getCiphertextEncodeLimit(int plain) {
        return real.getCiphertextEncodeLimit(plain);
    }

    @Override
    public int getPlaintextDecodeLimit(int sealed) {
        return real.getPlaintextDecodeLimit(sealed);
    }

    @Override
    public int getPlaintextEncodeLimit(int sealed) {
        return real.getPlaintextEncodeLimit(sealed);
    }

    @Override
    public boolean usesOpaqueRecordTypeDecode() {
        return real.usesOpaqueRecordTypeDecode();
    }

    @Override
    public boolean usesOpaqueRecordTypeEncode() {
        return real.usesOpaqueRecordTypeEncode();
    }
}
