package dev.sobre.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A mark of what some files hold. Their content and not their times: a link that points elsewhere
 * and a server of files with a coarse clock change the times as they like.
 */
record FileContent(String mark) {
    private static final int MOST = 1 << 20;

    static FileContent of(List<Path> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) add(digest, file);
            return new FileContent(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(MessageDigest digest, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST);
            digest.update(
                    (bytes.length + ":").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            digest.update(bytes);
            Arrays.fill(bytes, (byte) 0); // it may be a key
        } catch (IOException e) {
            digest.update(
                    e.getClass().getName().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
    }
}
