package dev.sobre.tls.pki;

/**
 * One thing about a certificate or its key that clients stumble over.
 *
 * @param code stable, such as {@code EXPIRED}
 * @param grave whether clients fail for it; otherwise some may, or will one day
 * @param sentence what is wrong
 * @param remedy what to do
 */
public record Finding(String code, boolean grave, String sentence, String remedy) {}
