package dev.sobre.mail;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, asked for once: to ask the JDK for it takes longer than to sum a line. */
public final class Sha256 {

    private static final MessageDigest FIRST = first();

    private Sha256() {}

    /** One that nothing was given to. */
    public static MessageDigest fresh() {
        try {
            return (MessageDigest) FIRST.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    private static MessageDigest first() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
